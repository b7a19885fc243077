"""Who goes to and works at the fictional school. Names of many origins, none of a real person on purpose."""

from dataclasses import dataclass

from conversation_models.domain.staff import Role

SCHOOL = "Linåsens gymnasium"
GROUPS = ("IMA 1", "IMA 2", "BF 1")


@dataclass(frozen=True)
class FictionalStaff:
    username: str
    name: str
    role: Role
    groups: tuple[str, ...] = ()

    @property
    def password(self) -> str:
        """Known to everybody: it opens nothing but fiction."""
        return f"{self.username}-i-en-påhittad-skola"


STAFF = (
    FictionalStaff("amira", "Amira Lindqvist", Role.MENTOR, ("IMA 1",)),
    FictionalStaff("johan", "Johan Bergström", Role.MENTOR, ("IMA 2",)),
    FictionalStaff("elin", "Elin Saari", Role.MENTOR, ("BF 1",)),
    FictionalStaff("noor", "Noor Haddad", Role.COUNSELLOR, GROUPS),
    FictionalStaff("gunnel", "Gunnel Ek", Role.ADMINISTRATOR),
)

GIVEN_NAMES = (
    "Alva", "Mohamed", "Saga", "Yonas", "Elias", "Zahra", "Wilma", "Ahmed", "Nils", "Fatima",
    "Åsa-Li", "Bilal", "Ella", "Tesfay", "Oskar", "Shirin", "Maja", "Ibrahim", "Love", "Amina",
    "Öyvind", "Soran", "Tuva", "Daniyal", "Kim", "Lovisa", "Hodan", "Viggo", "Nguyễn An", "Signe",
    "Mateusz", "Freja", "Abdi", "Inari", "Leo", "Sara", "Jovana", "Melker", "Rahwa", "Alex",
    "Ebba", "Omid", "Linnéa", "Dragan", "Mio", "Iman", "Theo", "Selam", "Isak", "Parisa",
    "Ängla", "Hassan", "Juni", "Artur", "Nadia", "Charlie", "Ester", "Samir", "Ronja", "Zeynep",
)  # fmt: skip
FAMILY_NAMES = (
    "Andersson", "Hussein", "Öberg", "Tesfamariam", "Lindgren", "Rahimi", "Åkesson", "Yusuf", "Nyström", "Ali",
    "Ström", "Karimi", "Ärlig", "Ghebremedhin", "Sjögren", "Moradi", "Wallin", "Osman", "Ek", "Warsame",
    "Dahl", "Mustafa", "Håkansson", "Khan", "Björk", "Engström", "Farah", "Lundin", "Trần", "Holm",
    "Kowalski", "Blom", "Abdullahi", "Länsman", "Fors", "Kovačević", "Petrović", "Ågren", "Haile", "Sand",
    "Hedlund", "Nazari", "Norberg", "Jovanović", "Lind", "Said", "Hellström", "Berhane", "Falk", "Hosseini",
    "Öman", "Aziz", "Gran", "Lehtinen", "Barzani", "Nyberg", "Taikon", "El-Khatib", "Vinter", "Yılmaz",
)  # fmt: skip
GUARDIAN_NAMES = ("Maria", "Hamid", "Anneli", "Jonas", "Sahra", "Peter", "Leyla", "Tomas", "Eva", "Yusuf", "Kerstin")
