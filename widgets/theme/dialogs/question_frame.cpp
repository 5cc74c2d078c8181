#include "widgets/theme/dialogs/question_frame.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/theme/metrics.h"

namespace rw::ui {

QLabel* newParagraph(const QString& words, const char* role) {
    auto* made = new QLabel;
    made->setText(words);
    made->setWordWrap(true);
    if (role != nullptr) made->setProperty("role", role);
    return made;
}

QVBoxLayout* newQuestionColumn(QDialog& dialog) {
    auto* column = new QVBoxLayout(&dialog);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    return column;
}

QuestionButtons addQuestionButtons(QDialog& dialog, QVBoxLayout& column, const QString& refusal,
                                   const QString& agreement) {
    QuestionButtons made;
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    made.decline = new QPushButton(refusal);
    made.decline->setObjectName(QStringLiteral("decline"));
    foot->addWidget(made.decline);
    QObject::connect(made.decline, &QPushButton::clicked, &dialog, &QDialog::reject);
    if (!agreement.isEmpty()) {
        made.agree = new QPushButton(agreement);
        made.agree->setObjectName(QStringLiteral("agree"));
        foot->addWidget(made.agree);
        QObject::connect(made.agree, &QPushButton::clicked, &dialog, &QDialog::accept);
    }
    column.addLayout(foot);
    return made;
}

}  // namespace rw::ui
