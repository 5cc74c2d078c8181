#include "widgets/locator/locator_item.h"

#include <QCoreApplication>
#include <QStringList>

#include "widgets/document/text_match.h"

namespace rw::ui {

namespace {

constexpr int kTitleWeight = 4;
// Below the worst run in a title: words that stand only in a detail say less.
constexpr int kDetailScore = 120, kKindScore = 100;

QString words(const char* text) {
    return QCoreApplication::translate("rw::ui::LocatorItem", text);
}

}  // namespace

QString kindName(LocatorItem::Kind kind) {
    switch (kind) {
        case LocatorItem::Kind::Node:
            return words(QT_TRANSLATE_NOOP("rw::ui::LocatorItem", "Node"));
        case LocatorItem::Kind::Column:
            return words(QT_TRANSLATE_NOOP("rw::ui::LocatorItem", "Column"));
        case LocatorItem::Kind::Action:
            return words(QT_TRANSLATE_NOOP("rw::ui::LocatorItem", "Action"));
        case LocatorItem::Kind::Setting:
            return words(QT_TRANSLATE_NOOP("rw::ui::LocatorItem", "Setting"));
        case LocatorItem::Kind::Add:
            return words(QT_TRANSLATE_NOOP("rw::ui::LocatorItem", "Add"));
        case LocatorItem::Kind::Example:
            return words(QT_TRANSLATE_NOOP("rw::ui::LocatorItem", "Example"));
        case LocatorItem::Kind::Help:
            return words(QT_TRANSLATE_NOOP("rw::ui::LocatorItem", "Help"));
    }
    return {};
}

int locatorScore(const QString& typed, const LocatorItem& item) {
    const QString all = typed.trimmed();
    if (all.isEmpty()) return 1;
    if (const int whole = textScore(all, item.title) * kTitleWeight; whole > 0) return whole;
    int worst = 0;
    for (const QString& word : all.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        int score = textScore(word, item.title);
        if (item.detail.contains(word, Qt::CaseInsensitive)) score = qMax(score, kDetailScore);
        if (kindName(item.kind).startsWith(word, Qt::CaseInsensitive)) score = qMax(score, kKindScore);
        if (score == 0) return 0;
        worst = worst == 0 ? score : qMin(worst, score);
    }
    return worst;
}

}  // namespace rw::ui
