#include "tests/unit/app/words/cut_words.h"

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
    // One that paints itself elides by itself: wordFaults() sees what it paints.
    if (button.metaObject() == &QAbstractButton::staticMetaObject) return;
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
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) lookAtButton(*button, cut);
        if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) lookAtTabs(*tabs, cut);
        if (const auto* field = qobject_cast<const QLineEdit*>(widget)) lookAtField(*field, cut);
        lookAtLayout(*widget, cut);
    }
    cut.removeDuplicates();
    return cut;
}

}  // namespace rw::ui
