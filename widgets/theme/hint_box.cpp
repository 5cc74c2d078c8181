#include "widgets/theme/hint_box.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr qsizetype kLettersInRow = 40;  // of links that stand side by side; longer ones would widen the form

struct KindLook {
    const char* name;
    const char16_t* icon;
    ColorRole role;
};

KindLook lookOf(HintBox::Kind kind) {
    switch (kind) {
        case HintBox::Kind::Warn:
            return {"warn", u"warning", ColorRole::Warn};
        case HintBox::Kind::Error:
            return {"error", u"error", ColorRole::Error};
        case HintBox::Kind::Info:
            break;
    }
    return {"info", u"info", ColorRole::Accent};
}

}  // namespace

HintBox::HintBox(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_title(new QLabel(this)),
      m_words(new QLabel(this)),
      m_links(new QWidget(this)),
      m_linkRow(new QHBoxLayout(m_links)) {
    setProperty("role", "hint");
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_title->setProperty("role", "hint-title");
    m_title->setWordWrap(true);
    m_words->setProperty("role", "hint-words");
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::RichText);
    m_linkRow->setContentsMargins(0, 0, 0, 0);
    m_linkRow->setSpacing(1);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(10, 8, 12, 6);
    // A link has room for its focus ring around it, so words beside links start that much further in.
    constexpr int ring = 4;
    grid->setHorizontalSpacing(metrics::kGrid - ring);
    m_title->setContentsMargins(ring, 0, 0, 0);
    m_words->setContentsMargins(ring, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
    grid->addWidget(m_title, 0, 1);
    grid->addWidget(m_words, 1, 1);
    grid->addWidget(m_links, 2, 1, Qt::AlignLeft);
}

void HintBox::set(Kind kind, const QString& title, const QString& words, const QStringList& actions) {
    m_kind = kind;
    m_title->setText(title);
    // Qt's labels know no line height of their own.
    m_words->setText(QStringLiteral("<p style='line-height:%1px'>%2</p>")
                         .arg(Theme::of(this).lineHeight(TextStyle::Caption))
                         .arg(words.toHtmlEscaped()));
    m_words->setVisible(!words.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(words);
    setLinks(actions);
    const QString name = QString::fromLatin1(lookOf(kind).name);
    if (property("kind").toString() != name) {
        setProperty("kind", name);
        Theme::repolish(this);
    }
    refresh();
}

bool HintBox::isPressed() const {
    return std::any_of(m_actions.begin(), m_actions.end(),
                       [](const QPushButton* link) { return link->isDown(); });
}

QPushButton* HintBox::addLink() {
    auto* link = new QPushButton(m_links);
    link->setProperty("role", "link");
    link->setCursor(Qt::PointingHandCursor);
    const auto index = static_cast<int>(m_actions.size());
    connect(link, &QPushButton::clicked, this, [this, index] { Q_EMIT actionTriggered(index); });
    // A button tells that it was released before it tells of the click.
    connect(link, &QPushButton::released, this, &HintBox::pressEnded, Qt::QueuedConnection);
    m_actions.push_back(link);
    return link;
}

void HintBox::setLinks(const QStringList& actions) {
    while (QLayoutItem* item = m_linkRow->takeAt(0)) {
        if (auto* dot = qobject_cast<QLabel*>(item->widget())) delete dot;
        delete item;
    }
    const auto count = static_cast<std::size_t>(actions.size());
    while (m_actions.size() > count) {
        // Not at once: the box is often set again from inside a click on one of its own links.
        m_actions.back()->hide();
        m_actions.back()->deleteLater();
        m_actions.pop_back();
    }
    const bool beside = actions.join(QString()).size() <= kLettersInRow;
    m_linkRow->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (qsizetype i = 0; i < actions.size(); ++i) {
        if (i > 0 && beside) {
            auto* dot = new QLabel(QStringLiteral("·"), m_links);
            dot->setProperty("role", "dim");
            m_linkRow->addWidget(dot);
        }
        const auto place = static_cast<std::size_t>(i);
        QPushButton* link = place < m_actions.size() ? m_actions[place] : addLink();
        if (link->text() != actions[i]) link->setText(actions[i]);
        m_linkRow->addWidget(link, 0, beside ? Qt::Alignment() : Qt::AlignLeft);
    }
    m_linkRow->addStretch(1);
    m_links->setVisible(!actions.isEmpty());
}

void HintBox::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) refresh();
}

void HintBox::refresh() {
    const Theme& theme = Theme::of(this);
    const KindLook look = lookOf(m_kind);
    m_icon->setPixmap(theme.pixmap(look.icon, theme.scaled(metrics::kIconSmall),
                                   colorOf(theme.tokens(), look.role), devicePixelRatioF()));
    m_icon->setContentsMargins(0, 1, 0, 0);
}

}  // namespace rw::ui
