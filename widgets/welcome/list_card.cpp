#include "widgets/welcome/list_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/theme/theme.h"

namespace rw::ui {

ListCard::ListCard(QWidget* parent)
    : QFrame(parent), m_title(new QLabel), m_head(new QHBoxLayout), m_rows(new QVBoxLayout) {
    setProperty("surface", "card");
    m_title->setProperty("role", "strong");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 1, 1);
    column->setSpacing(0);
    m_head->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding,
                               metrics::kGrid);
    m_head->addWidget(m_title);
    m_head->addStretch();
    m_rows->setSpacing(0);
    column->addLayout(m_head);
    column->addLayout(m_rows);
    column->addStretch();
}

void ListCard::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
}

void ListCard::addHeadWidget(QWidget* widget) {
    m_head->addWidget(widget);
}

void ListCard::setRows(const std::vector<Row>& rows, const QString& nothing) {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        // Not at once: a click on a row may have changed the list.
        if (QWidget* row = item->widget()) {
            row->hide();
            row->deleteLater();
        }
        delete item;
    }
    for (const Row& row : rows) {
        auto* made = new ListRow(row.words);
        made->setDragged(row.dragged);
        connect(made, &QAbstractButton::clicked, this, row.act);
        m_rows->addWidget(made);
    }
    if (!rows.empty() || nothing.isEmpty()) return;
    auto* words = new QLabel(nothing);
    words->setProperty("role", "dim");
    words->setWordWrap(true);
    words->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding,
                              metrics::kListPadding);
    m_rows->addWidget(words);
}

}  // namespace rw::ui
