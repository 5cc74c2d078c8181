#include "widgets/welcome/empty_card.h"

#include <QEvent>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/theme/flow_layout.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

EmptyCard::EmptyCard(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel),
      m_title(new QLabel),
      m_words(new QLabel),
      m_drop(new QLabel),
      m_empty(new QPushButton(Theme::of(this).icon(u"plus"), {})),
      m_csv(new QPushButton(Theme::of(this).icon(u"csv"), {})) {
    setProperty("surface", "card");
    m_title->setProperty("role", "title");
    m_words->setProperty("role", "dim");
    m_words->setWordWrap(true);
    m_drop->setProperty("role", "caption");
    m_drop->setWordWrap(true);
    m_empty->setProperty("keys", QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kPanelPadding, metrics::kPanelPadding,
                               metrics::kPanelPadding);
    column->setSpacing(metrics::kListPadding);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kGrid);
    head->addWidget(m_icon);
    head->addWidget(m_title, 1);
    column->addLayout(head);
    column->addWidget(m_words);
    auto* buttons = new QWidget;
    auto* row = new FlowLayout(buttons, metrics::kGrid);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_empty);
    row->addWidget(m_csv);
    column->addWidget(buttons);
    column->addWidget(m_drop);
    column->addStretch();
    connect(m_empty, &QPushButton::clicked, this, &EmptyCard::emptyRequested);
    connect(m_csv, &QPushButton::clicked, this, &EmptyCard::csvRequested);
    retranslate();
    refreshIcon();
}

void EmptyCard::retranslate() {
    m_title->setText(tr("Empty pipeline"));
    setAccessibleName(m_title->text());
    m_words->setText(
        tr("Start with a blank canvas. Drop a source first: its columns decide what the next "
           "nodes can do."));
    m_empty->setText(tr("Start empty"));
    m_csv->setText(tr("From a CSV file…"));
    m_drop->setText(tr("Or drop a .csv or .rill file anywhere in this window."));
}

void EmptyCard::refreshIcon() {
    const Theme& theme = Theme::of(this);
    m_icon->setPixmap(theme.pixmap(u"file-plus", theme.scaled(metrics::kIconLarge), theme.tokens().accent,
                                   devicePixelRatioF()));
}

void EmptyCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange) refreshIcon();
}

}  // namespace rw::ui
