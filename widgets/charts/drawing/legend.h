// The legend of a chart: an entry per line. Click hides and shows one (struck through while hidden),
// Ctrl+click isolates it; also by keyboard, each entry is a button. And the looks of series, which are those
// of their entries.
#pragma once
#include <QColor>
#include <QPen>
#include <QWidget>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/views/chart_column.h"

class QAbstractButton;
class QPainter;
class QPushButton;

namespace rw::ui {

class FlowLayout;
struct Tokens;

struct LegendEntry {
    QString name{};
    QColor color{};
    Qt::PenStyle pen = Qt::SolidLine;
    std::optional<std::size_t> marker{};  ///< of points, the place of their series: their shape, no line
    bool area = false;                    ///< of a band: a piece of it, no line
    bool operator==(const LegendEntry&) const = default;
};

class Legend : public QWidget {
    Q_OBJECT
 public:
    explicit Legend(QWidget* parent = nullptr);

    /// `note` tells how many lines are not drawn (“12 others”), as a button; empty: none. Entries that stay
    /// keep their buttons: one of them may be pressed or have the keyboard while lines come and go.
    void set(const std::vector<LegendEntry>& entries, const QString& note);
    /// Shift+click chooses an entry, for all charts that are side by side.
    void setChoosable(bool on);
    /// Where the first entry begins: above the left end of the plot.
    void setIndent(int pixels);
    bool isHiddenEntry(const QString& name) const { return m_hidden.count(name) > 0; }
    /// Draws the entries that are not hidden, for exports.
    void paintInto(QPainter& painter, const QRectF& rect) const;

 Q_SIGNALS:
    void visibilityChanged();
    void entryChosen(const QString& name);
    void hoveredEntry(const QString& name);  ///< empty: none any more
    void choiceRequested(const QPoint& at);  ///< by the note, on the screen

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void refresh();
    void showNote();
    QAbstractButton* buttonOf(const LegendEntry& entry);
    void toggle(const QString& name, bool isolate);
    QString tipOf(const QString& name) const;

    std::vector<LegendEntry> m_entries;
    QString m_note;
    bool m_choosable = false;
    std::set<QString> m_hidden;
    /// By the names of their entries.
    std::map<QString, QAbstractButton*> m_buttons;
    QPushButton* m_noteButton = nullptr;  ///< from the first note on
    FlowLayout* m_flow;
};

/// “core 7”: a number alone would not name its column.
QString seriesText(const ChartColumn& series, const std::string& value);

// In the order of the series.
QColor seriesColor(const Tokens& tokens, std::size_t place);
/// From the fifth on lines also take a dash pattern, so that colour is not all that tells them apart.
Qt::PenStyle seriesStroke(std::size_t place);
/// Width 1 above four series: wider ones take twice as long to draw, and hide each other.
QPen seriesPen(const Tokens& tokens, std::size_t place, std::size_t count);
/// One device pixel: Qt draws it many times as fast.
QPen thinPen(const Tokens& tokens, std::size_t place);

}  // namespace rw::ui
