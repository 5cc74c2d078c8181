#include "widgets/lineage/mend_bar.h"

#include <QPushButton>

#include "widgets/document/translated.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {
constexpr qsizetype kLongest = 64;  ///< letters on a button: titles may be of any length
}  // namespace

MendBar::MendBar(QWidget* parent) : QWidget(parent), m_row(new FlowLayout(this, metrics::kStep)) {
    m_row->setContentsMargins(metrics::kGrid, 0, metrics::kGrid, metrics::kStep);
    hide();
}

void MendBar::offer(const std::vector<LineageMend>& mends) {
    while (QLayoutItem* const item = m_row->takeAt(0)) {
        if (QWidget* const button = item->widget()) {
            button->hide();
            // It may be the one that was pressed.
            button->deleteLater();
        }
        delete item;
    }
    for (const LineageMend& mend : mends) add(mend);
    setVisible(!mends.empty());
}

void MendBar::add(const LineageMend& mend) {
    auto* button = new QPushButton(labelText(shownText(translated(mend.label), kLongest)), this);
    button->setProperty("controlSize", "small");
    if (!mend.edits.empty()) button->setIcon(Theme::of(this).icon(u"lightbulb", ColorRole::Accent));
    button->setToolTip(tipText(translated(mend.does)));
    button->setAccessibleDescription(translated(mend.does));
    connect(button, &QPushButton::clicked, this, [this, mend] { Q_EMIT chosen(mend); });
    m_row->addWidget(button);
    button->show();
}

}  // namespace rw::ui
