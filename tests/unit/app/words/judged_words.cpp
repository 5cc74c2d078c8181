#include "tests/unit/app/words/judged_words.h"

#include <QtWidgets/QtWidgets>
#include <algorithm>

#include "tests/unit/app/words/painted_words.h"
#include "widgets/charts/chart_widget.h"

namespace rw::ui {

namespace {

constexpr QChar kEllipsis = u'…';
constexpr qreal kRounding = 2;  // pixels that rounding of fonts takes
constexpr int kEssential = 12;  // characters
constexpr int kMostRows = 24;   // of a table, those in sight at most

/// A view's own options for its cells, which are not public.
struct OpenView : QAbstractItemView {
    static QStyleOptionViewItem optionOf(const QAbstractItemView& view) {
        QStyleOptionViewItem option;
        (view.*&OpenView::initViewItemOption)(&option);
        return option;
    }
};

QString placeOf(const QWidget& widget) {
    QStringList path;
    for (const QWidget* each = &widget; each != nullptr && !each->isWindow(); each = each->parentWidget()) {
        const QString name = QLatin1String(each->metaObject()->className());
        if (name != QLatin1String("QWidget"))
            path.prepend(each->objectName().isEmpty() ? name : name + u' ' + each->objectName());
    }
    return path.join(QStringLiteral(" › "));
}

/// The tooltip at that point of the widget, in one line.
QString tipAt(QWidget& widget, const QPoint& at) {
    const QPoint global = widget.mapToGlobal(at);
    const QString none = QStringLiteral("no tooltip yet");
    QToolTip::showText(global, none, &widget);
    QHelpEvent event(QEvent::ToolTip, at, global);
    QCoreApplication::sendEvent(&widget, &event);
    const QString tip = QToolTip::text();
    return tip == none ? QString() : tip.simplified();
}

/// Whether `tip` has all of which `shown` has the beginning, the end or both.
bool hasWhole(const QString& tip, const QString& shown) {
    const QStringList parts = shown.simplified().split(kEllipsis);
    qsizetype from = 0;
    for (const QString& part : parts) {
        const qsizetype at = tip.indexOf(part.trimmed(), from);
        if (at < 0) return false;
        from = at + part.trimmed().size();
    }
    return !tip.isEmpty();
}

/// Words of the interface that end with an ellipsis when they are whole: “Export…”.
bool isMeant(const QWidget& widget, const QString& words) {
    QStringList whole;
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) whole << button->text();
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) whole << label->text();
    if (const auto* field = qobject_cast<const QLineEdit*>(&widget)) whole << field->placeholderText();
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) whole << box->currentText();
    return std::any_of(whole.begin(), whole.end(), [&](const QString& each) { return each.contains(words); });
}

/// Characters, those of Chinese twice as wide as others.
int lengthOf(const QString& words) {
    int length = 0;
    for (const QChar each : words) length += each.script() == QChar::Script_Han ? 2 : 1;
    return length;
}

/// Of all words on the line of these: where fonts change they are painted in pieces.
int lengthOfLine(const QList<PaintedWords>& painted, const PaintedWords& of) {
    int length = 0;
    for (const PaintedWords& each : painted) {
        const bool beside = std::abs(each.place.center().y() - of.place.center().y()) < of.place.height() / 2;
        length += beside ? lengthOf(each.words) : 0;
    }
    return length;
}

bool isFigure(const QString& words) {
    static const QRegularExpression figure(QStringLiteral("^[-+−]?[0-9][0-9 ,.:\\x{2009}\\x{a0}]*(…|$)"));
    return figure.match(words.trimmed()).hasMatch();
}

class Judge {
 public:
    QStringList faults{};

    void judge(QWidget& widget) {
        if (auto* view = qobject_cast<QAbstractItemView*>(&widget)) {
            if (qobject_cast<QHeaderView*>(view) == nullptr) judgeView(*view);
            return;
        }
        const QWidget* parent = widget.parentWidget();
        if (qobject_cast<const QAbstractItemView*>(parent) != nullptr) {
            const auto* head = qobject_cast<const QHeaderView*>(parent);
            if (head != nullptr) judgeHead(*head, widget);
            return;
        }
        // A view of a scene is of another kind: its items have tests of their own.
        if (qobject_cast<const QGraphicsView*>(parent) != nullptr) return;
        // Text that is scrolled, or typed by a person, may end at the edge.
        const bool scrolled = qobject_cast<const QAbstractScrollArea*>(parent) != nullptr ||
                              qobject_cast<const QLineEdit*>(&widget) != nullptr;
        for (const PaintedWords& painted : paintedIn(widget)) {
            judgeFigures(widget, painted.words);
            if (!scrolled && isCut(painted, painted.room)) tell(widget, painted.words, "is cut");
            const bool begun = widget.hasFocus() || painted.place.left() >= painted.room.left() - kRounding;
            if (qobject_cast<const QLineEdit*>(&widget) != nullptr && !begun)
                tell(widget, painted.words, "begins out of sight");
            if (!painted.words.contains(kEllipsis) || isMeant(widget, painted.words)) continue;
            if (qobject_cast<const ChartWidget*>(&widget) != nullptr) continue;  // a box of its own tells
            const QString tip = tipAt(widget, painted.place.center().toPoint());
            if (!hasWhole(tip, painted.words)) tell(widget, painted.words, "has no tooltip");
        }
    }

 private:
    static bool isCut(const PaintedWords& painted, const QRectF& room) {
        if (painted.words.trimmed().isEmpty() || !painted.place.intersects(room)) return false;
        return painted.place.left() < room.left() - kRounding ||
               painted.place.right() > room.right() + kRounding;
    }

    void tell(const QWidget& widget, const QString& words, const QString& what) {
        faults << QStringLiteral("%1: “%2” %3").arg(placeOf(widget), words.left(80), what);
    }

    void judgeFigures(const QWidget& widget, const QString& words) {
        for (const QString& bad : badFigures(words)) tell(widget, words, QStringLiteral("has ") + bad);
    }

    void judgeHead(const QHeaderView& head, QWidget& viewport) {
        for (const PaintedWords& painted : paintedIn(viewport)) judgeFigures(head, painted.words);
        if (head.orientation() != Qt::Horizontal || head.model() == nullptr) return;
        for (int section = 0; section < head.count(); ++section) {
            if (head.isSectionHidden(section)) continue;
            const int needed = head.sectionSizeHint(section);
            if (head.sectionSize(section) >= needed - kRounding) continue;
            tell(head, head.model()->headerData(section, Qt::Horizontal).toString(),
                 QStringLiteral("has %1 of %2").arg(head.sectionSize(section)).arg(needed));
        }
    }

    void judgeView(QAbstractItemView& view) {
        if (view.model() == nullptr) return;
        const QModelIndex root = view.rootIndex();
        const int columns = view.model()->columnCount(root);
        int judged = 0;
        for (int row = 0; row < view.model()->rowCount(root) && judged < kMostRows; ++row) {
            bool seen = false;
            for (int column = 0; column < columns; ++column) {
                const QModelIndex cell = view.model()->index(row, column, root);
                const QRect place = view.visualRect(cell);
                if (place.isEmpty() || place.bottom() < 0 || place.top() > view.viewport()->height())
                    continue;
                seen = true;
                judgeCell(view, cell, place);
            }
            judged += seen ? 1 : 0;
        }
    }

    void judgeCell(QAbstractItemView& view, const QModelIndex& cell, const QRect& place) {
        QStyleOptionViewItem option = OpenView::optionOf(view);
        option.rect = QRect({}, place.size());
        option.widget = &view;
        const QAbstractItemDelegate* delegate = view.itemDelegateForIndex(cell);
        const auto painted =
            paintedBy([&](QPainter& painter) { delegate->paint(&painter, option, cell); }, place.size());
        const QString head = view.model()->headerData(cell.column(), Qt::Horizontal).toString();
        for (const PaintedWords& words : painted) {
            judgeFigures(view, words.words);
            if (isCut(words, QRectF(option.rect))) tell(view, words.words, "is cut in " + head);
            if (!words.words.contains(kEllipsis) || cell.data().toString().contains(words.words)) continue;
            if (isFigure(words.words)) {
                tell(view, words.words, "is a cut figure in " + head);
            } else if (lengthOfLine(painted, words) <= kEssential) {
                tell(view, words.words, "is all that is seen in " + head);
            }
            const QPoint at = place.topLeft() + words.place.center().toPoint();
            if (!hasWhole(tipAt(*view.viewport(), at), words.words))
                tell(view, words.words, "has no tooltip in " + head);
        }
    }
};

}  // namespace

QStringList badFigures(const QString& words) {
    // Thousands are parted by thin spaces, which are digits' neighbours here.
    static const QRegularExpression power(QStringLiteral("[0-9][eE][+-]?0*[0-9]{1,2}(?![0-9a-fA-F])"));
    static const QRegularExpression digits(QStringLiteral("(?<![0-9A-Za-z_-])[0-9]*\\.[0-9]{12,}"));
    static const QRegularExpression unit(QStringLiteral("[0-9][ \\x{2009}\\x{a0}]?(kB|KB|MB|GB|TB)\\b"));
    static const QRegularExpression plural(
        QStringLiteral("(?<![0-9.,:\\x{2009}\\x{a0}-])(?<![0-9] )\\b1[ \\x{2009}\\x{a0}]([a-z]{2,}s)\\b"));
    QStringList bad;
    for (const QRegularExpression& rule : {power, digits, unit, plural}) {
        for (auto each = rule.globalMatch(words); each.hasNext();) bad << each.next().captured();
    }
    bad.removeIf([](const QString& each) { return each == QLatin1String("1 is") || each.endsWith("ss"); });
    return bad;
}

QStringList wordFaults(QWidget& root) {
    Judge judge;
    QList<QWidget*> all{&root};
    for (QWidget* widget : root.findChildren<QWidget*>()) all << widget;
    for (QWidget* widget : all) {
        if (widget->isVisible() && !widget->size().isEmpty()) judge.judge(*widget);
    }
    QToolTip::hideText();
    judge.faults.removeDuplicates();
    return judge.faults;
}

}  // namespace rw::ui
