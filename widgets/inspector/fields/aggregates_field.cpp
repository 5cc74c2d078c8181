#include "widgets/inspector/fields/aggregates_field.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/editor/sql_completion.h"
#include "widgets/inspector/fields/next_aggregate.h"
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
        std::vector<std::string> present;
        for (const AggregateRow* row : m_rows) present.push_back(row->text());
        addRow(nextAggregate(present, m_columns, m_keys));
        m_rows.back()->setFocus();
        notifyEdited();
    });
}

void AggregatesField::addRow(const std::string& text) {
    auto* row = new AggregateRow;
    row->setColumns(m_offered, m_number);
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
    if (!m_offered.plain || m_columns != context.columns) {
        m_columns = context.columns;
        m_offered.plain = std::make_shared<const Completions>(m_columns, false);
        m_offered.withAggregates = std::make_shared<const Completions>(m_columns, true);
    }
    m_keys.clear();
    for (const Json& key : context.params.value("keys", Json::array())) {
        if (key.is_string()) m_keys.push_back(key.get<std::string>());
    }
    const std::vector<std::string> numbers = numbersOf(m_columns, m_keys);
    m_number = numbers.empty() ? std::string() : numbers.front();
    for (AggregateRow* row : m_rows) row->setColumns(m_offered, m_number);
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
