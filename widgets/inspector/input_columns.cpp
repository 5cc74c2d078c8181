#include "widgets/inspector/input_columns.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "core/sql/parse/ast.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kMostRows = 8;
}  // namespace

InputColumns::InputColumns(QWidget* parent) : QWidget(parent), m_list(new QTreeWidget(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, metrics::kListPadding, 0, 0);
    column->setSpacing(metrics::kStep);
    auto* head = new QHBoxLayout;
    auto* title = new QLabel(tr("Input columns"));
    title->setProperty("role", "section");
    auto* hint = new QLabel(tr("click to insert"));
    hint->setProperty("role", "caption");
    head->addWidget(title, 1);
    head->addWidget(hint);
    column->addLayout(head);
    column->addWidget(m_list);
    m_list->setAccessibleName(tr("Input columns"));
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    const auto insert = [this](const QTreeWidgetItem* row) {
        Q_EMIT chosen(QString::fromStdString(sql::quoteIdentifier(row->text(0).toStdString())));
    };
    connect(m_list, &QTreeWidget::itemClicked, this, insert);
    connect(m_list, &QTreeWidget::itemActivated, this, [this, insert](const QTreeWidgetItem* row) {
        if (m_list->hasFocus()) insert(row);  // by Enter; a double-click has clicked already
    });
    hide();
}

void InputColumns::setColumns(const Schema& columns) {
    setVisible(!columns.fields.empty());
    if (columns == m_columns) return;
    m_columns = columns;
    m_list->clear();
    const Theme& theme = Theme::of(this);
    for (const Field& field : columns.fields) {
        auto* row = new QTreeWidgetItem(
            m_list, {QString::fromStdString(field.name), QString::fromStdString(toString(field.type))});
        row->setFont(0, theme.font(TextStyle::Code));
        row->setFont(1, theme.font(TextStyle::CodeSmall));
        row->setForeground(1, theme.tokens().dim);
    }
    const int rows = std::min(static_cast<int>(columns.size()), kMostRows);
    m_list->setFixedHeight(rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth() + 2);
}

}  // namespace rw::ui
