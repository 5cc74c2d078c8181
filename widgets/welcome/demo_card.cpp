#include "widgets/welcome/demo_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/theme/theme.h"
#include "widgets/welcome/demo_sketch.h"

namespace rw::ui {

DemoCard::DemoCard(QWidget* parent)
    : QFrame(parent),
      m_title(new QLabel),
      m_words(new QLabel),
      m_note(new QLabel),
      m_run(new QPushButton(Theme::of(this).icon(u"run", ColorRole::OnAccent), {})) {
    setProperty("surface", "chosen");
    m_title->setProperty("role", "page");
    m_words->setProperty("role", "dim");
    m_words->setWordWrap(true);
    m_note->setProperty("role", "caption");
    m_run->setProperty("role", "primary");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 0);
    column->setSpacing(0);
    column->addWidget(new DemoSketch);
    auto* below = new QFrame;
    below->setProperty("edge", "top");
    column->addWidget(below, 1);
    auto* lower = new QVBoxLayout(below);
    lower->setContentsMargins(metrics::kPanelPadding, metrics::kPanelPadding, metrics::kPanelPadding,
                              metrics::kListPadding);
    lower->setSpacing(metrics::kGrid);
    lower->addWidget(m_title);
    lower->addWidget(m_words);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kListPadding);
    row->addWidget(m_run);
    row->addWidget(m_note);
    row->addStretch();
    lower->addLayout(row);
    lower->addStretch();  // beside a long list the card is high: its button stays above the fold
    connect(m_run, &QPushButton::clicked, this, [this] { Q_EMIT runRequested(m_file); });
}

void DemoCard::setExample(const Example& example) {
    m_file = example.file;
    m_title->setText(tr("Live demo of this computer"));
    m_words->setText(example.description);
    m_run->setText(tr("Open and run"));
    m_note->setText(tr("First window closes in about %1 s").arg(example.firstResult));
    m_note->setVisible(example.firstResult > 0);
    setAccessibleName(m_title->text());
}

}  // namespace rw::ui
