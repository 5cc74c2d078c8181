#include "tests/unit/app/cut_words.h"

#include <QtWidgets/QtWidgets>

#include "widgets/theme/elided_label.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kSlack = 1;  // pixels that rounding of fonts takes

QString told(const QWidget& widget, const QString& words, const QString& what) {
    QString where = QLatin1String(widget.metaObject()->className());
    if (!widget.objectName().isEmpty()) where += u' ' + widget.objectName();
    for (const QWidget* above = widget.parentWidget(); above != nullptr && !above->isWindow();
         above = above->parentWidget()) {
        if (above->metaObject()->className() == QByteArrayView("QWidget")) continue;
        where.prepend(QLatin1String(above->metaObject()->className()) + QStringLiteral(" › "));
    }
    return QStringLiteral("%1: “%2” %3").arg(where, words.left(60).replace(u'\n', u' '), what);
}

QString sizes(int has, int needs) {
    return QStringLiteral("has %1 of %2").arg(has).arg(needs);
}

void lookAtLabel(const QLabel& label, QStringList& cut) {
    const auto* elided = qobject_cast<const ElidedLabel*>(&label);
    if (label.text().isEmpty() || elided != nullptr) return;
    if (label.wordWrap()) {
        const int needed = label.heightForWidth(label.width());
        if (needed > label.height() + kSlack) cut << told(label, label.text(), sizes(label.height(), needed));
        return;
    }
    const QSize needed = label.sizeHint();
    if (needed.width() > label.width() + kSlack)
        cut << told(label, label.text(), sizes(label.width(), needed.width()));
    const int line = label.fontMetrics().height();
    if (line > label.height() + kSlack) cut << told(label, label.text(), sizes(label.height(), line));
}

void lookAtButton(const QAbstractButton& button, QStringList& cut) {
    if (button.text().isEmpty()) return;
    const auto* tool = qobject_cast<const QToolButton*>(&button);
    if (tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly) return;
    // Where there is little room the words may come near the edges.
    const int icon = button.icon().isNull() ? 0 : button.iconSize().width() + metrics::kGrid;
    const int least = button.fontMetrics().horizontalAdvance(QString(button.text()).remove(u'&')) + icon;
    const int needed = std::min(button.sizeHint().width(), least + 2 * metrics::kStep);
    if (needed > button.width() + kSlack) cut << told(button, button.text(), sizes(button.width(), needed));
}

void lookAtTabs(const QTabBar& tabs, QStringList& cut) {
    if (tabs.usesScrollButtons()) return;
    if (tabs.sizeHint().width() > tabs.width() + kSlack)
        cut << told(tabs, tabs.tabText(0), sizes(tabs.width(), tabs.sizeHint().width()));
}

void lookAtField(const QLineEdit& field, QStringList& cut) {
    const QString words = field.placeholderText();
    if (words.isEmpty() || !field.text().isEmpty()) return;
    const QMargins margins = field.textMargins();
    const int room = field.width() - margins.left() - margins.right() - 2 * 2;
    const int needed = field.fontMetrics().horizontalAdvance(words);
    if (needed > room + kSlack && field.toolTip().isEmpty() && field.accessibleName() != words)
        cut << told(field, words, sizes(room, needed));
}

/// What gives way keeps enough to be told from others, and its tooltip has the whole.
void lookAtElided(const ElidedLabel& label, QStringList& cut) {
    constexpr int kLeast = 6;  // characters
    const int needed =
        label.sizeHint().width() - label.contentsMargins().left() - label.contentsMargins().right();
    const int has = label.contentsRect().width();
    if (label.text().isEmpty() || needed <= has + kSlack) return;
    const int least = kLeast * label.fontMetrics().averageCharWidth();
    if (has < std::min(needed, least)) cut << told(label, label.text(), sizes(has, least));
    // Its own tooltip, which it has where nobody gave it another, is the whole.
    if (!label.toolTip().isEmpty() && !label.toolTip().contains(label.text()))
        cut << told(label, label.text(), QStringLiteral("is not in its tooltip"));
}

bool hasWhole(const QVariant& tip, const QString& words) {
    return tip.toString().simplified().contains(words.simplified());
}

/// Heads have room for their words, or a tooltip.
void lookAtHead(const QHeaderView& head, QStringList& cut) {
    if (!head.isVisible() || head.orientation() != Qt::Horizontal) return;
    for (int section = 0; section < head.count(); ++section) {
        const QString words = head.model()->headerData(section, Qt::Horizontal).toString();
        const int needed = head.sectionSizeHint(section), has = head.sectionSize(section);
        if (words.isEmpty() || head.isSectionHidden(section) || needed <= has + kSlack) continue;
        if (!hasWhole(head.model()->headerData(section, Qt::Horizontal, Qt::ToolTipRole), words))
            cut << told(head, words, sizes(has, needed));
    }
}

/// A cell shows its words, or its tooltip has them; and it is as high as they are. Columns of tables can be
/// made wider, but who would know that there is more?
void lookAtCells(const QAbstractItemView& view, QStringList& cut) {
    constexpr int kMostRows = 30;
    const QAbstractItemModel* model = view.model();
    if (model == nullptr) return;
    for (int row = 0; row < std::min(model->rowCount(), kMostRows); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const QModelIndex cell = model->index(row, column);
            const QRect place = view.visualRect(cell);
            const QString words = cell.data().toString();
            if (words.isEmpty() || place.isEmpty() || !view.viewport()->rect().intersects(place)) continue;
            const QSize needed = view.sizeHintForIndex(cell);
            if (needed.width() > place.width() + kSlack && !hasWhole(cell.data(Qt::ToolTipRole), words))
                cut << told(view, words, sizes(place.width(), needed.width()));
            const int line = view.fontMetrics().height();
            if (line > place.height() + kSlack) cut << told(view, words, sizes(place.height(), line));
        }
    }
    const auto* table = qobject_cast<const QTableView*>(&view);
    if (table != nullptr) lookAtHead(*table->horizontalHeader(), cut);
}

void addManaged(const QLayout& layout, std::vector<const QWidget*>& managed) {
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem* item = layout.itemAt(i);
        if (item->layout() != nullptr) addManaged(*item->layout(), managed);
        const QWidget* widget = item->widget();
        if (widget != nullptr && widget->isVisible() && !widget->size().isEmpty()) managed.push_back(widget);
    }
}

/// Widgets in a layout are beside each other, and within its widget. A widget that overlaps on purpose
/// is in no layout.
void lookAtLayout(const QWidget& parent, QStringList& cut) {
    if (parent.layout() == nullptr || qobject_cast<const QMainWindow*>(&parent) != nullptr) return;
    std::vector<const QWidget*> managed;
    addManaged(*parent.layout(), managed);
    for (std::size_t i = 0; i < managed.size(); ++i) {
        const QRect place = managed[i]->geometry();
        if (!parent.rect().adjusted(-kSlack, -kSlack, kSlack, kSlack).contains(place))
            cut << told(*managed[i], managed[i]->accessibleName(), QStringLiteral("stands outside"));
        for (std::size_t j = i + 1; j < managed.size(); ++j) {
            const QRect both = place & managed[j]->geometry();
            if (both.width() > kSlack && both.height() > kSlack)
                cut << told(
                    *managed[i], managed[i]->accessibleName(),
                    QStringLiteral("lies over ") + QLatin1String(managed[j]->metaObject()->className()));
        }
    }
}

}  // namespace

QStringList cutWords(const QWidget& root) {
    QStringList cut;
    QList<const QWidget*> all{&root};
    for (const QWidget* widget : root.findChildren<QWidget*>()) all << widget;
    for (const QWidget* widget : all) {
        if (!widget->isVisible() || widget->size().isEmpty()) continue;
        if (const auto* label = qobject_cast<const QLabel*>(widget)) lookAtLabel(*label, cut);
        if (const auto* label = qobject_cast<const ElidedLabel*>(widget)) lookAtElided(*label, cut);
        if (const auto* view = qobject_cast<const QAbstractItemView*>(widget)) lookAtCells(*view, cut);
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) lookAtButton(*button, cut);
        if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) lookAtTabs(*tabs, cut);
        if (const auto* field = qobject_cast<const QLineEdit*>(widget)) lookAtField(*field, cut);
        lookAtLayout(*widget, cut);
    }
    cut.removeDuplicates();
    return cut;
}

}  // namespace rw::ui
