"""UPR Info's issues in Korean; one that is not in this list gets its English name alone."""

from __future__ import annotations

_ISSUES = """
Asylum-seekers - refugees|난민과 비호 신청자
CP rights - general|시민적·정치적 권리 일반
Civil society|시민사회
Corruption|부패
Counter-terrorism|대테러
Death penalty|사형
Detention|구금
Development|개발
Disabilities|장애
ESC rights - general|경제적·사회적·문화적 권리 일반
Elections|선거
Enforced disappearances|강제실종
Environment|환경
Extrajudicial executions|초법적 처형
Freedom of association and peaceful assembly|결사와 평화적 집회의 자유
Freedom of movement|이동의 자유
Freedom of opinion and expression|의견과 표현의 자유
Freedom of religion and belief|종교와 신념의 자유
Freedom of the press|언론의 자유
General|일반
HIV - Aids|HIV·에이즈
Human rights defenders|인권 옹호자
Human rights education and training|인권 교육과 훈련
Human rights violations by state agents|국가 기관에 의한 인권 침해
Impunity|불처벌
Indigenous peoples|선주민
Internally displaced persons|국내 실향민
International humanitarian law|국제인도법
International instruments|국제 협약
Justice|사법
Labour|노동
Migrants|이주민
Minorities|소수자
NHRI|국가인권기구
National plan of action|국가행동계획
Other|기타
Poverty|빈곤
Public security|공공 안전
Racial discrimination|인종차별
Right to education|교육에 대한 권리
Right to food|식량에 대한 권리
Right to health|건강에 대한 권리
Right to housing|주거에 대한 권리
Right to land|토지에 대한 권리
Right to water|물에 대한 권리
Rights of the Child|아동의 권리
Sexual Orientation and Gender Identity|성적 지향과 성별 정체성
Special procedures|특별절차
Technical assistance and cooperation|기술 지원과 협력
Torture and other CID treatment|고문과 그 밖의 잔혹하고 비인도적이거나 굴욕적인 대우
Trafficking|인신매매
Treaty bodies|조약기구
UPR process|보편적 정례인권검토 절차
Women's rights|여성의 권리
"""

KOREAN = dict(row.split("|") for row in _ISSUES.strip().splitlines())
