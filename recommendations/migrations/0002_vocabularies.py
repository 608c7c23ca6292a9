"""The fixed lists: the Index's groups of affected persons, the seventeen goals."""

from django.db import migrations

GROUPS = [
    ("children", "Children", "아동"),
    ("women-and-girls", "Women and girls", "여성과 여아"),
    ("older-persons", "Older persons", "노인"),
    ("persons-with-disabilities", "Persons with disabilities", "장애인"),
    ("persons-deprived-of-their-liberty", "Persons deprived of their liberty", "자유를 박탈당한 사람"),
    ("disappeared-persons", "Disappeared persons", "실종자"),
    ("refugees-and-asylum-seekers", "Refugees and asylum-seekers", "난민과 비호 신청자"),
    ("migrants", "Migrants", "이주민"),
    ("internally-displaced-persons", "Internally displaced persons", "국내 실향민"),
    ("stateless-persons", "Stateless persons", "무국적자"),
    ("minorities", "Minorities", "소수자"),
    ("indigenous-peoples", "Indigenous peoples", "선주민"),
    ("persons-living-in-poverty", "Persons living in poverty", "빈곤층"),
    ("human-rights-defenders", "Human rights defenders", "인권 옹호자"),
    ("media-workers", "Media workers", "언론인"),
    ("workers", "Workers", "노동자"),
    ("youth", "Youth", "청년"),
    ("lgbti-persons", "LGBTI persons", "성소수자"),
    ("general-population", "General population", "일반 주민"),
]
GOALS = [
    ("No poverty", "빈곤 종식"),
    ("Zero hunger", "기아 종식"),
    ("Good health and well-being", "건강과 웰빙"),
    ("Quality education", "양질의 교육"),
    ("Gender equality", "성평등"),
    ("Clean water and sanitation", "깨끗한 물과 위생"),
    ("Affordable and clean energy", "모두를 위한 깨끗한 에너지"),
    ("Decent work and economic growth", "양질의 일자리와 경제 성장"),
    ("Industry, innovation and infrastructure", "산업, 혁신과 사회 기반 시설"),
    ("Reduced inequalities", "불평등 감소"),
    ("Sustainable cities and communities", "지속 가능한 도시와 공동체"),
    ("Responsible consumption and production", "책임 있는 소비와 생산"),
    ("Climate action", "기후 행동"),
    ("Life below water", "해양 생태계"),
    ("Life on land", "육상 생태계"),
    ("Peace, justice and strong institutions", "평화, 정의와 강력한 제도"),
    ("Partnerships for the goals", "목표를 위한 협력"),
]


def fill(apps, schema_editor):
    group = apps.get_model("recommendations", "AffectedGroup")
    group.objects.bulk_create(group(slug=slug, name=name, name_ko=name_ko) for slug, name, name_ko in GROUPS)
    goal = apps.get_model("recommendations", "Goal")
    goal.objects.bulk_create(
        goal(number=number, name=name, name_ko=name_ko) for number, (name, name_ko) in enumerate(GOALS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
