"""Streamlit's own strings in Swedish. It has no setting for language, and everything here is matched whole."""

# With a number in them: what the browser matches, and what it says instead.
COUNTED_WORDS: dict[str, str] = {
    r"^(\d+) ?MB per file(.*)$": "högst $1 MB$2",  # "5MB per file • CSV, XLSX"
    r"^(\d+) more$": "$1 till",  # what of the menu has no room
}

FRAMEWORK_WORDS: dict[str, str] = {
    "Skip to main content": "Hoppa till innehållet",
    "App pages": "Sidor",
    "Main menu": "Meny",
    "Navigate to home page": "Till första sidan",
    "Expand sidebar": "Visa menyn",
    "Collapse sidebar": "Dölj menyn",
    "Sidebar": "Meny",
    "Open": "Öppna",
    "Close": "Stäng",
    "Clear value": "Töm",
    "Clear entry": "Töm",
    "Clear all": "Töm alla",
    "Clear date": "Töm datum",
    "Clear time": "Töm tid",
    "Choose date": "Välj datum",
    "yyyy": "åååå",
    "No results": "Inget hittades",
    "No options to select": "Inget att välja",
    "Selectbox options": "Val",
    "Multiselect options": "Val",
    "Selected values": "Valda",
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "Select all": "Markera alla",
    "Upload": "Välj fil",
    "Browse files": "Välj fil",
    "Add files": "Välj filer",
    "Drag and drop a file here": "Släpp filen här",
    "Drag and drop file here": "Släpp filen här",
    "Show password": "Visa lösenord",
    "Hide password": "Dölj lösenord",
    "Fullscreen": "Helskärm",
    "Close fullscreen": "Stäng helskärm",
    "Show fullscreen": "Helskärm",
    "Scrollable table": "Tabell som kan rullas i sidled",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": (
        "Gå mellan dagarna med piltangenterna, välj med Retur, stäng med Esc."
    ),
    "Press Enter to apply": "Tryck Retur för att spara",
    "Press Ctrl+Enter to apply": "Tryck Ctrl+Retur för att spara",
    "Press ⌘+Enter to apply": "Tryck ⌘+Retur för att spara",
    "Invalid time format. Please use HH:MM.": "Skriv tiden så här: 13:05.",
    "Connection error": "Ingen kontakt med servern",
    "Connection lost. Please wait for the app to reconnect, then try again.": (
        "Kontakten bröts. Vi försöker igen. Det du har skrivit finns kvar på sidan."
    ),
    "Unable to connect to Streamlit server": "Servern svarar inte just nu.",
    "Connection timed out.": "Servern svarar inte just nu.",
    "Connecting to Streamlit server": "Söker kontakt med servern",
    "Reconnected to server.": "Kontakten är tillbaka.",
    "Network error": "Nätet svarar inte",
    "Page not found": "Sidan finns inte",
    "The page that you have requested does not seem to exist. Running the app's main page.": (
        "Adressen leder inte till någon sida. Här är första sidan i stället."
    ),
    "Running...": "Arbetar …",
    "Running": "Arbetar",
    "Connecting": "Söker kontakt",
    "Stop": "Avbryt",
    "Copy to clipboard": "Kopiera",
    "Copied": "Kopierat",
}
