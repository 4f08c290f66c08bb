"""What stands at the head of prints, by which they are also told apart later."""

DOSSIER = "入党材料档案"
REVIEW = "组织员审核单"
