#include "widgets/stepping/condition_dialog.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "core/sql/bind/bind.h"
#include "widgets/document/translated.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/theme/form_row.h"
#include "widgets/theme/metrics.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kConditionWidth = 420;
}  // namespace

ConditionDialog::ConditionDialog(SchemaRef schema, const QString& condition, QWidget* parent)
    : QDialog(parent),
      m_schema(std::move(schema)),
      m_edit(new ExpressionEdit(CodeEdit::Lines::One)),
      m_row(new FormRow(m_edit)),
      m_set(new QPushButton(tr("Set"))) {
    setWindowTitle(tr("Condition of the breakpoint"));
    m_edit->setObjectName(QStringLiteral("breakpointCondition"));
    m_edit->setCode(condition);
    if (m_schema) m_edit->setSchema(*m_schema, false);
    m_row->setWords(tr("The run stops at rows for which this is true"),
                    tr("SQL over the columns of the rows. Empty: at all rows."));
    m_set->setObjectName(QStringLiteral("setCondition"));
    m_set->setDefault(true);
    auto* const cancel = new QPushButton(tr("Cancel"));
    auto* const buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_set);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(m_row);
    column->addLayout(buttons);
    setMinimumWidth(Theme::of(this).scaled(kConditionWidth));
    connect(m_edit, &ExpressionEdit::edited, this, &ConditionDialog::check);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        // What is wrong is said when the keys rest; that it is mended, at once.
        if (m_row->hasProblem()) check();
    });
    connect(m_set, &QPushButton::clicked, this, [this] {
        check();
        if (!m_row->hasProblem()) accept();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    check();
}

QString ConditionDialog::condition() const {
    return m_edit->toPlainText().trimmed();
}

void ConditionDialog::check() {
    QString what, mend;
    if (m_schema && !condition().isEmpty()) {
        const auto bound = sql::bindCondition(condition().toStdString(), {m_schema});
        if (const auto* const error = std::get_if<sql::SqlError>(&bound)) {
            what = translated(error->message);
            mend = translated(error->fix);
        }
    }
    m_row->setProblem(what, mend);
    m_set->setEnabled(what.isEmpty());
}

}  // namespace rw::ui
