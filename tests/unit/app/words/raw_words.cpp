#include "tests/unit/app/words/raw_words.h"

#include <QtWidgets/QtWidgets>
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/control_characters.h"
#include "tests/unit/app/words/painted_words.h"

namespace rw::ui {

namespace {

constexpr int kMostCells = 40;  ///< of a row or a column

bool isRaw(const QString& words) {
    return std::any_of(words.begin(), words.end(), [](QChar c) {
        return turnsDirection(c.unicode()) || (isControlCharacter(c.unicode()) && c != u'\n');
    });
}

bool isTypedIn(const QWidget& widget) {
    const QWidget* parent = widget.parentWidget();
    return qobject_cast<const QLineEdit*>(&widget) != nullptr ||
           qobject_cast<const QTextEdit*>(parent) != nullptr ||
           qobject_cast<const QPlainTextEdit*>(parent) != nullptr;
}

class Finder {
 public:
    QStringList found{};

    void look(const QObject& at, const char* what, const QString& words) {
        if (!isRaw(words)) return;
        QString where = QLatin1String(at.metaObject()->className()) + u' ' + at.objectName();
        for (const QObject* above = at.parent(); above != nullptr; above = above->parent()) {
            if (above->metaObject()->className() != QByteArrayView("QWidget"))
                where.prepend(QLatin1String(above->metaObject()->className()) + QStringLiteral(" › "));
        }
        found << QStringLiteral("%1, %2: “%3”").arg(where, QLatin1String(what), words.toHtmlEscaped());
    }

    void lookAtWidget(const QWidget& widget) {
        look(widget, "tooltip", widget.toolTip());
        look(widget, "name", widget.accessibleName());
        look(widget, "description", widget.accessibleDescription());
        look(widget, "title", widget.windowTitle());
        if (const auto* label = qobject_cast<const QLabel*>(&widget)) look(widget, "label", label->text());
        if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
            look(widget, "button", button->text());
        if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) {
            for (int i = 0; i < tabs->count(); ++i) look(widget, "tab", tabs->tabText(i));
        }
        if (const auto* box = qobject_cast<const QComboBox*>(&widget)) lookAtCells(widget, *box->model());
        if (const auto* field = qobject_cast<const QLineEdit*>(&widget))
            look(widget, "placeholder", field->placeholderText());
        const auto* view = qobject_cast<const QAbstractItemView*>(&widget);
        if (view != nullptr && view->model() != nullptr) lookAtCells(widget, *view->model());
        for (const QAction* action : widget.actions()) {
            look(widget, "action", action->text());
            look(widget, "tooltip of an action", action->toolTip());
        }
    }

 private:
    void lookAtCells(const QWidget& widget, const QAbstractItemModel& model) {
        const int rows = std::min(model.rowCount(), kMostCells);
        const int columns = std::min(model.columnCount(), kMostCells);
        for (int column = 0; column < columns; ++column) {
            look(widget, "head", model.headerData(column, Qt::Horizontal).toString());
            for (int row = 0; row < rows; ++row) {
                const QModelIndex cell = model.index(row, column);
                look(widget, "cell", cell.data().toString());
                look(widget, "tooltip of a cell", cell.data(Qt::ToolTipRole).toString());
                look(widget, "name of a cell", cell.data(Qt::AccessibleTextRole).toString());
            }
        }
    }
};

}  // namespace

QStringList rawWords(const QWidget& root) {
    Finder finder;
    finder.lookAtWidget(root);
    for (const QWidget* widget : root.findChildren<QWidget*>()) finder.lookAtWidget(*widget);
    finder.found.removeDuplicates();
    return finder.found;
}

QStringList paintOf(QWidget& root) {
    QList<QWidget*> all = root.findChildren<QWidget*>();
    all.prepend(&root);
    QStringList words;
    for (QWidget* widget : std::as_const(all)) {
        if (!widget->isVisible() || isTypedIn(*widget)) continue;
        const QString name = QLatin1String(widget->metaObject()->className());
        for (const PaintedWords& painted : paintedIn(*widget))
            words << name + QStringLiteral(": ") + painted.words;
    }
    return words;
}

QStringList paintOf(QGraphicsScene& scene) {
    for (QGraphicsItem* item : scene.items()) item->setCacheMode(QGraphicsItem::NoCache);
    const QRectF all = scene.itemsBoundingRect();
    const auto paint = [&](QPainter& painter) { scene.render(&painter, QRectF({}, all.size()), all); };
    QStringList words;
    for (const PaintedWords& painted : paintedBy(paint, all.size().toSize())) words << painted.words;
    return words;
}

QStringList rawAmong(const QStringList& words) {
    QStringList raw;
    std::copy_if(words.begin(), words.end(), std::back_inserter(raw), isRaw);
    raw.removeDuplicates();
    return raw;
}

}  // namespace rw::ui
