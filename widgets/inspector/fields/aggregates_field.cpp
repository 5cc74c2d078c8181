#include "widgets/inspector/fields/aggregates_field.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/sql/parse/ast.h"
#include "widgets/inspector/fields/aggregate_row.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

QLabel* makeHead(const QString& words) {
    auto* label = new QLabel(words);
    label->setProperty("role", "caption");
    label->setContentsMargins(metrics::kGrid, 0, 0, 0);
    return label;
}

}  // namespace

AggregatesField::AggregatesField(const ParamSpec& spec)
    : ParamField(spec), m_frame(new QFrame), m_add(makeAddButton()) {
    const Theme& theme = Theme::of(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    m_frame->setProperty("role", "cells");
    m_table = new QVBoxLayout(m_frame);
    m_table->setContentsMargins(1, 1, 1, 1);
    m_table->setSpacing(0);
    auto* head = new QFrame;
    head->setProperty("role", "cells-head");
    head->setFixedHeight(theme.scaled(metrics::kTableRowHeight));
    auto* heads = new QHBoxLayout(head);
    AggregateRow::arrange(*heads, *makeHead(tr("Function")), *makeHead(tr("Column")),
                          *makeHead(tr("Result name")));
    heads->addSpacing(theme.scaled(metrics::kIconLarge));  // over the crosses
    m_table->addWidget(head);
    m_frame->hide();
    m_add->setText(tr("Add aggregate"));
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow(starter());
        m_rows.back()->setFocus();
        notifyEdited();
    });
}

/// The start value of a new row: a valid one where that can be guessed.
std::string AggregatesField::starter() const {
    const bool count = m_rows.empty() || m_number.empty();
    const std::string function = count ? "COUNT" : "AVG", argument = count ? "*" : m_number;
    const std::string name = usualName(function, argument);
    return aggregateText(function, argument, name.empty() ? "avg" : name);
}

void AggregatesField::addRow(const std::string& text) {
    auto* row = new AggregateRow;
    row->setColumns(m_columns, m_number);
    row->setText(text);
    connect(row, &AggregateRow::edited, this, &AggregatesField::notifyEdited);
    connect(row, &AggregateRow::removeRequested, this, [this, row] { removeRow(row); });
    m_table->addWidget(row);
    m_rows.push_back(row);
    m_frame->show();
}

void AggregatesField::drop(AggregateRow* row) {
    std::erase(m_rows, row);
    row->hide();
    row->deleteLater();
    m_frame->setVisible(!m_rows.empty());
}

void AggregatesField::removeRow(AggregateRow* row) {
    drop(row);
    notifyEdited();
}

void AggregatesField::setValue(const Json& value) {
    std::vector<std::string> texts;
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    if (shown.is_array()) {
        for (const Json& text : shown)
            texts.push_back(text.is_string() ? text.get<std::string>() : text.dump());
    }
    while (m_rows.size() > texts.size()) drop(m_rows.back());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i == m_rows.size()) addRow({});
        m_rows[i]->setText(texts[i]);
    }
}

void AggregatesField::setContext(const FieldContext& context) {
    m_columns = context.columns;
    const Json keys = context.params.value("keys", Json::array());
    const auto first = [&](auto&& isOne) {
        return std::find_if(m_columns.fields.begin(), m_columns.fields.end(), [&](const Field& field) {
            return field.type.isNumeric() && isOne(field.type) &&
                   std::find(keys.begin(), keys.end(), field.name) == keys.end();
        });
    };
    // Integers often only number things.
    auto number = first([](Type type) { return !type.isInteger(); });
    if (number == m_columns.fields.end()) number = first([](Type type) { return type.isInteger(); });
    m_number = number == m_columns.fields.end() ? std::string() : sql::quoteIdentifier(number->name);
    for (AggregateRow* row : m_rows) row->setColumns(m_columns, m_number);
}

void AggregatesField::setIssues(const std::vector<Issue>& issues) {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        std::vector<Issue> mine;
        std::copy_if(issues.begin(), issues.end(), std::back_inserter(mine), [i](const Issue& issue) {
            return issue.item < 0 || static_cast<std::size_t>(issue.item) == i;
        });
        m_rows[i]->setIssues(mine);
    }
}

void AggregatesField::notifyEdited() {
    Json list = Json::array();
    for (const AggregateRow* row : m_rows) list.push_back(row->text());
    Q_EMIT edited(list);
}

}  // namespace rw::ui
