#include "widgets/locator/locator_list.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStringList>
#include <algorithm>

#include "widgets/document/text_match.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kRowHeight = 30, kLeastWidth = 240;

/// Of the title, or of the name in English that matches best.
int titleScore(const QString& typed, const SearchItem& item) {
    int best = textScore(typed, item.title);
    for (const QString& name : item.english) best = std::max(best, textScore(typed, name));
    return best;
}

}  // namespace

void LocatorModel::setItems(std::vector<SearchItem> items) {
    m_items = std::move(items);
    filter({});
}

void LocatorModel::filter(const QString& typed) {
    std::vector<std::pair<int, std::size_t>> found;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (const int score = locatorScore(typed, m_items[i]); score > 0) found.emplace_back(score, i);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < std::min(found.size(), kMost); ++i) m_shown.push_back(found[i].second);
    endResetModel();
}

const SearchItem* LocatorModel::item(const QModelIndex& index) const {
    const bool there = index.isValid() && static_cast<std::size_t>(index.row()) < m_shown.size();
    return there ? &m_items[m_shown[static_cast<std::size_t>(index.row())]] : nullptr;
}

int LocatorModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant LocatorModel::data(const QModelIndex& index, int role) const {
    const SearchItem* found = item(index);
    if (found == nullptr) return {};
    if (role == Qt::DisplayRole) return found->title;
    if (role == Qt::ToolTipRole) return found->detail;
    if (role == Qt::AccessibleTextRole)
        return QStringList{found->title, found->detail, kindName(found->kind)}.join(QStringLiteral(", "));
    return {};
}

void LocatorDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const auto* model = qobject_cast<const LocatorModel*>(index.model());
    const SearchItem* item = model != nullptr ? model->item(index) : nullptr;
    if (item == nullptr) return;
    const Theme& theme = Theme::of();
    const Tokens& tokens = theme.tokens();
    painter->save();
    const QRect row = option.rect;
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    if (chosen || option.state.testFlag(QStyle::State_MouseOver))
        paintBox(*painter, row, chosen ? tokens.selected : tokens.hover, Qt::transparent,
                 metrics::kControlRadius);
    const int icon = theme.scaled(metrics::kIcon);
    int left = row.left() + metrics::kGrid;
    if (!item->icon.isEmpty())
        paintGlyph(*painter, QRect(left, row.top(), icon, row.height()), item->icon, icon, tokens.dim);
    left += icon + metrics::kListPadding;
    int right = row.right() - metrics::kGrid;
    if (!item->keys.isEmpty()) {
        painter->setFont(theme.font(TextStyle::CodeSmall));
        paintKeyCap(*painter, theme, row, right, item->keys);
        right -= keyCapWidth(theme, item->keys) + metrics::kGrid;
    }
    const auto text = [&](const QFont& font, const QColor& color, const QString& words, Qt::Alignment side) {
        painter->setFont(font);
        painter->setPen(color);
        const QString shown =
            painter->fontMetrics().elidedText(shownText(words), Qt::ElideRight, right - left);
        painter->drawText(QRect(left, row.top(), right - left, row.height()),
                          static_cast<int>(side | Qt::AlignVCenter), shown);
        return painter->fontMetrics().horizontalAdvance(shown) + metrics::kGrid;
    };
    right -= text(theme.font(TextStyle::Caption), tokens.dim, kindName(item->kind), Qt::AlignRight);
    left += text(theme.font(TextStyle::BodyMedium), tokens.text, item->title, Qt::AlignLeft);
    if (left < right) text(theme.font(TextStyle::Caption), tokens.dim, item->detail, Qt::AlignLeft);
    painter->restore();
}

QSize LocatorDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {kLeastWidth, Theme::of().scaled(kRowHeight)};
}

namespace {

constexpr int kTitleWeight = 4;
// Below the worst run in a title: words that stand only in a detail say less.
constexpr int kDetailScore = 120, kKindScore = 100;
constexpr int kTogether = 60;  // textScore() of letters that stand one behind the other

QString words(const char* text) {
    return QCoreApplication::translate("locator", text);
}

}  // namespace

QString kindName(SearchItem::Kind kind) {
    switch (kind) {
        case SearchItem::Kind::Node:
            return words(QT_TRANSLATE_NOOP("locator", "Node"));
        case SearchItem::Kind::Column:
            return words(QT_TRANSLATE_NOOP("locator", "Column"));
        case SearchItem::Kind::Action:
            return words(QT_TRANSLATE_NOOP("locator", "Action"));
        case SearchItem::Kind::Setting:
            return words(QT_TRANSLATE_NOOP("locator", "Setting"));
        case SearchItem::Kind::Add:
            return words(QT_TRANSLATE_NOOP("locator", "Add"));
        case SearchItem::Kind::Example:
            return words(QT_TRANSLATE_NOOP("locator", "Example"));
        case SearchItem::Kind::Help:
            return words(QT_TRANSLATE_NOOP("locator", "Help"));
    }
    return {};
}

int locatorScore(const QString& typed, const SearchItem& item) {
    const QString all = typed.trimmed();
    if (all.isEmpty()) return 1;
    const QStringList typedWords = all.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const int whole = titleScore(all, item);
    // Letters of several words that are only scattered over a long title say less than words that are there.
    if (whole >= kTogether || (whole > 0 && typedWords.size() == 1)) return whole * kTitleWeight;
    int worst = 0;
    for (const QString& word : typedWords) {
        int score = titleScore(word, item);
        if (item.detail.contains(word, Qt::CaseInsensitive)) score = qMax(score, kDetailScore);
        if (kindName(item.kind).startsWith(word, Qt::CaseInsensitive)) score = qMax(score, kKindScore);
        if (score == 0) return whole;
        worst = worst == 0 ? score : qMin(worst, score);
    }
    return qMax(worst, whole);
}

}  // namespace rw::ui
