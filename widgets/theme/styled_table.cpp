#include "widgets/theme/styled_table.h"

#include <QAction>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kHeight = 40, kSignGap = 4;
constexpr int kHeadPadding = 12;  // as in controls.qss

/// Elides a name that its section has no room for, which a style sheet only cuts, and keeps it off the arrow
/// of the sorted one. Of a section that the edge of the table cuts, the part in sight is painted.
class ElidedHeader : public QHeaderView {
 public:
    explicit ElidedHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
        setSectionsClickable(true);  // as the one that a table makes
    }

 protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        QHeaderView::paintSection(painter, rect & viewport()->rect(), section);
    }

    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override {
        QHeaderView::initStyleOptionForIndex(option, section);
        const int from = std::max(sectionViewportPosition(section), 0);
        const int to = std::min(sectionViewportPosition(section) + sectionSize(section), viewport()->width());
        int room = to - from - 2 * kHeadPadding;
        if (option->sortIndicator != QStyleOptionHeader::None)
            room -= Theme::of(this).scaled(metrics::kIconTiny) + kSignGap;
        option->text = wordsAtEdge(option->text, option->fontMetrics, room);
    }
};

}  // namespace

void applyTableStyle(QTableView& table, int rowHeight) {
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.verticalHeader()->hide();
    if (table.horizontalHeader()->metaObject() == &QHeaderView::staticMetaObject)
        table.setHorizontalHeader(new ElidedHeader(&table));
    table.horizontalHeader()->setStretchLastSection(true);
    table.horizontalHeader()->setHighlightSections(false);
    const auto sizeRows = [&table, rowHeight] {
        table.verticalHeader()->setDefaultSectionSize(Theme::of(&table).scaled(rowHeight));
    };
    sizeRows();
    QObject::connect(&Theme::of(&table), &Theme::changed, &table, sizeRows);
}

void fitColumns(QTableView& table, int widest) {
    QHeaderView& head = *table.horizontalHeader();
    const bool stretched = head.stretchLastSection();
    head.setStretchLastSection(false);  // a stretched column that is given a width keeps it
    table.resizeColumnsToContents();
    if (widest > 0) {
        for (int column = 0; column < head.count(); ++column)
            table.setColumnWidth(column, std::min(table.columnWidth(column), widest));
    }
    head.setStretchLastSection(stretched);
}

void elideAtEdges(QTableView& table, QStyledItemDelegate* own) {
    table.setItemDelegate(own != nullptr ? own : new CellDelegate(&table));
    // Scrolling moves what was painted: the cells at the edges are to be painted anew.
    for (QWidget* part : {table.viewport(), table.horizontalHeader()->viewport()}) {
        QObject::connect(table.horizontalScrollBar(), &QScrollBar::valueChanged, part,
                         qOverload<>(&QWidget::update));
    }
}

void styleDataGrid(QTableView& grid, QStyledItemDelegate* own) {
    elideAtEdges(grid, own);
    applyTableStyle(grid);
    grid.horizontalHeader()->setStretchLastSection(false);
    grid.setSelectionMode(QAbstractItemView::ContiguousSelection);
    grid.setCornerButtonEnabled(false);
    QHeaderView& numbers = *grid.verticalHeader();
    numbers.show();
    numbers.setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    numbers.setSectionResizeMode(QHeaderView::Fixed);
    numbers.setFont(Theme::of(&grid).font(TextStyle::CodeSmall));
}

QStyleOptionViewItem inSight(const QStyleOptionViewItem& option) {
    QStyleOptionViewItem seen = option;
    if (const auto* table = qobject_cast<const QTableView*>(option.widget)) {
        seen.rect.setLeft(std::max(option.rect.left(), 0));
        seen.rect.setRight(std::min(option.rect.right(), table->viewport()->width() - 1));
    }
    return seen;
}

QString wordsAtEdge(const QString& words, const QFontMetrics& metrics, int room) {
    const QString seen = metrics.elidedText(words, Qt::ElideRight, std::max(room, 0));
    if (seen == words || seen.size() < 2) return seen;
    // A single digit looks like a value; a letter that is as wide as two tells something.
    const int least = metrics.horizontalAdvance(kCut) + metrics.horizontalAdvance(u'0') * 3 / 2;
    return metrics.horizontalAdvance(seen) >= least ? seen : QString(kCut);
}

QAction* copyAction(QTableView& table) {
    auto* action = new QAction(&table);
    action->setShortcut(QKeySequence::Copy);
    action->setShortcutContext(Qt::WidgetShortcut);
    table.addAction(action);
    return action;
}

TypedHeader::TypedHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
    setHighlightSections(false);
    setSectionsClickable(true);
    setMinimumSectionSize(48);
}

QSize TypedHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), Theme::of(this).scaled(kHeight)};
}

QSize TypedHeader::sectionSizeFromContents(int section) const {
    if (model() == nullptr) return {};  // asked once more while view and model are taken down
    const Theme& theme = Theme::of(this);
    const QString name = shownText(model()->headerData(section, orientation()).toString());
    const QString type = model()->headerData(section, orientation(), kTypeRole).toString();
    const int words = std::max(QFontMetrics(theme.font(TextStyle::BodyStrong)).horizontalAdvance(name),
                               QFontMetrics(theme.font(TextStyle::Caption)).horizontalAdvance(type));
    return {words + 2 * kHeadPadding + kSignGap + theme.scaled(metrics::kIconTiny), theme.scaled(kHeight)};
}

void TypedHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    painter->save();
    painter->fillRect(rect, t.panel2);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), t.line);
    QRect words = (rect & viewport()->rect()).adjusted(kHeadPadding, 0, -kHeadPadding, 0);
    if (isSortIndicatorShown() && sortIndicatorSection() == section) {
        const int size = theme.scaled(metrics::kIconTiny);
        const QPixmap sign =
            theme.pixmap(sortIndicatorOrder() == Qt::AscendingOrder ? u"chevron-up" : u"chevron-down", size,
                         t.accent, devicePixelRatioF());
        painter->drawPixmap(words.right() - size + 1, words.top() + (words.height() / 2 - size) / 2 + 4,
                            sign);
        words.setRight(words.right() - size - kSignGap);
    }
    const auto alignment = model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt();
    const int across = alignment & Qt::AlignRight ? Qt::AlignRight : Qt::AlignLeft;
    const int high = theme.lineHeight(TextStyle::Body), low = theme.lineHeight(TextStyle::Caption);
    int top = words.top() + (words.height() - high - low) / 2;
    const auto line = [&](TextStyle style, const QColor& color, int height, const QString& text) {
        painter->setFont(theme.font(style));
        painter->setPen(color);
        painter->drawText(QRect(words.left(), top, words.width(), height), across | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
        top += height;
    };
    line(TextStyle::BodyStrong, t.text, high,
         shownText(model()->headerData(section, orientation()).toString()));
    line(TextStyle::Caption, t.dim, low, model()->headerData(section, orientation(), kTypeRole).toString());
    painter->restore();
}

}  // namespace rw::ui
