#include "widgets/live_edits/fate_tile.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>
#include <utility>

#include "widgets/theme/elided_label.h"
#include "widgets/theme/metrics.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr int kTileWidth = 120, kIconSize = 16;

void setRole(QLabel& label, const char* role) {
    if (label.property("role") == QLatin1String(role)) return;
    label.setProperty("role", role);
    label.style()->unpolish(&label);
    label.style()->polish(&label);
}

}  // namespace

FateTile::FateTile(QString icon, ColorRole role, const char* tone, QWidget* parent)
    : QFrame(parent),
      m_name(std::move(icon)),
      m_role(role),
      m_tone(tone),
      m_icon(new QLabel),
      m_count(new QLabel),
      m_word(new QLabel),
      m_nodes(new ElidedLabel) {
    setProperty("surface", "card");
    m_count->setProperty("role", "title");
    m_nodes->setProperty("role", "caption");
    m_nodes->setElideMode(Qt::ElideRight);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kGrid);
    for (QLabel* each : {m_icon, m_count, m_word}) head->addWidget(each);
    head->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    column->setSpacing(metrics::kGrid / 2);
    column->addLayout(head);
    column->addWidget(m_nodes);
    connect(&Theme::of(this), &Theme::changed, this, &FateTile::refresh);
    refresh();
}

QString FateTile::word() const {
    return m_word->text();
}

QString FateTile::nodes() const {
    return m_nodes->text();
}

void FateTile::set(int count, const QString& word, const QString& nodes) {
    m_shown = count;
    m_count->setText(QString::number(count));
    m_word->setText(word);
    m_nodes->setText(shownText(nodes));
    setAccessibleName(QStringLiteral("%1 %2").arg(m_count->text(), word));
    refresh();
}

// None is no reason for a colour.
void FateTile::refresh() {
    const Theme& theme = Theme::of(this);
    setMinimumWidth(theme.scaled(kTileWidth));
    const ColorRole role = m_shown > 0 ? m_role : ColorRole::Disabled;
    m_icon->setPixmap(theme.icon(m_name, role).pixmap(theme.scaled(kIconSize)));
    setRole(*m_word, m_shown > 0 ? m_tone : "dim");
}

}  // namespace rw::ui
