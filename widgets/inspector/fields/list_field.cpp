#include "widgets/inspector/fields/list_field.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/editor/expression_edit.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

ListField::ListField(const ParamSpec& spec)
    : ParamField(spec), m_rows(new QVBoxLayout), m_add(makeAddButton()) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kStep);
    m_rows->setSpacing(metrics::kStep);
    layout->addLayout(m_rows);
    m_add->setText(addText());
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addLine(starter());
        m_lines.back().edit->setFocus();
        m_lines.back().edit->selectAll();
        notifyEdited();
    });
}

QString ListField::addText() const {
    switch (spec().kind) {
        case ParamKind::SortItems:
            return tr("Add sort column");
        case ParamKind::Branches:
            return tr("Add branch");
        default:
            return tr("Add column");
    }
}

/// The start value of a new line: a valid one where that can be guessed.
QString ListField::starter() const {
    const QString first = m_columns.fields.empty() ? QStringLiteral("x")
                                                   : QString::fromStdString(m_columns.fields.front().name);
    switch (spec().kind) {
        case ParamKind::SortItems:
            return first + QStringLiteral(" DESC");
        case ParamKind::Branches:
            return QStringLiteral("branch_%1: %2 IS NOT NULL").arg(m_lines.size() + 1).arg(first);
        case ParamKind::ColumnDefs:
            return QStringLiteral("column_%1 STRING").arg(m_lines.size() + 1);
        case ParamKind::GeneratorColumns:
            return QStringLiteral("value_%1 DOUBLE = 100 * RANDOM()").arg(m_lines.size() + 1);
        default:
            return first;
    }
}

void ListField::addLine(const QString& text) {
    Line line{new QWidget, new ExpressionEdit(ExpressionEdit::Lines::One)};
    auto* row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    auto* remove = new IconButton(QStringLiteral("x"), tr("Remove this line"));
    row->addWidget(line.edit, 1);
    row->addWidget(remove);
    line.edit->setExpression(text);
    line.edit->setSchema(m_columns, false);
    connect(line.edit, &ExpressionEdit::edited, this, &ListField::notifyEdited);
    connect(remove, &QToolButton::clicked, this, [this, row = line.row] { removeLine(row); });
    m_rows->addWidget(line.row);
    m_lines.push_back(line);
}

void ListField::removeLine(QWidget* row) {
    std::erase_if(m_lines, [row](const Line& line) { return line.row == row; });
    row->hide();
    row->deleteLater();
    notifyEdited();
}

void ListField::setValue(const Json& value) {
    QStringList texts;
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    if (shown.is_array()) {
        for (const Json& text : shown)
            texts << QString::fromStdString(text.is_string() ? text.get<std::string>() : text.dump());
    }
    while (static_cast<qsizetype>(m_lines.size()) > texts.size()) {
        m_lines.back().row->hide();
        m_lines.back().row->deleteLater();
        m_lines.pop_back();
    }
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (static_cast<std::size_t>(i) == m_lines.size()) addLine({});
        m_lines[static_cast<std::size_t>(i)].edit->setExpression(texts[i]);
    }
}

void ListField::setContext(const FieldContext& context) {
    m_columns = context.columns;
    for (const Line& line : m_lines) line.edit->setSchema(m_columns, false);
}

void ListField::setIssues(const std::vector<Issue>& issues) {
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        std::vector<Issue> mine;
        std::vector<ErrorRange> mistakes;
        const std::string text = m_lines[i].edit->toPlainText().toStdString();
        for (const Issue& issue : issues) {
            if (issue.item >= 0 && static_cast<std::size_t>(issue.item) != i) continue;
            mine.push_back(issue);
            const int from = characterAt(text, issue.position),
                      to = characterAt(text, issue.position + issue.length);
            if (to > from) mistakes.push_back({from, to - from, issue.severity == Severity::Warning});
        }
        setFieldState(*m_lines[i].edit, stateOf(mine));
        m_lines[i].edit->setErrorRanges(std::move(mistakes));
    }
}

void ListField::notifyEdited() {
    if (m_lines.empty() && !spec().required) return Q_EMIT edited(nullptr);
    Json list = Json::array();
    for (const Line& line : m_lines) list.push_back(line.edit->toPlainText().toStdString());
    Q_EMIT edited(list);
}

}  // namespace rw::ui
