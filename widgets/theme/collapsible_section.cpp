#include "widgets/theme/collapsible_section.h"

#include <QHBoxLayout>
#include <QLabel>

#include "widgets/theme/section_head.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

CollapsibleSection::CollapsibleSection(const QString& title, QWidget* parent)
    : QWidget(parent),
      m_head(new SectionHead(this)),
      m_headRow(new QHBoxLayout),
      m_count(new QLabel(this)),
      m_frame(new QWidget(this)),
      m_body(new QVBoxLayout(m_frame)) {
    m_count->setProperty("role", "dim");
    m_count->hide();
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(metrics::kGrid);
    m_headRow->setContentsMargins(0, 0, 0, 0);
    m_headRow->addWidget(m_head, 1);
    m_headRow->addWidget(m_count);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    column->addLayout(m_headRow);
    column->addWidget(m_frame);
    connect(m_head, &SectionHead::toggled, this, [this](bool open) {
        m_frame->setVisible(open);
        Q_EMIT toggled(open);
    });
    setTitle(title);
}

void CollapsibleSection::setTitle(const QString& title) {
    m_head->setText(title);
    m_head->setAccessibleName(title);
}

void CollapsibleSection::setCount(int count) {
    m_count->setVisible(count >= 0);
    m_count->setText(QString::number(count));
}

void CollapsibleSection::addHeadWidget(QWidget* widget) {
    m_headRow->addWidget(widget);
}

bool CollapsibleSection::isOpen() const {
    return m_head->isChecked();
}

void CollapsibleSection::setOpen(bool open) {
    m_head->setChecked(open);
}

}  // namespace rw::ui
