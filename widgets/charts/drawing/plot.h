// The picture that all charts with axes share: a QChart whose own axes are hidden and drawn here instead,
// with round ticks, titles, a crosshair and the hatched span that may still change. Charts add series and
// describe the axes.
#pragma once
#include <QChart>
#include <QChartView>
#include <QLineSeries>
#include <QTimeZone>
#include <QValueAxis>
#include <optional>

#include "widgets/charts/drawing/plot_layer.h"
#include "widgets/charts/drawing/state_strip.h"
#include "widgets/charts/drawing/ticks.h"

namespace rw::ui {

class Theme;

/// The look of an axis. Positions are values of the series.
struct AxisLook {
    enum class Kind {
        Number,
        Time,       ///< milliseconds since the epoch, shown in `zone`
        Categories  ///< the marks in `ticks`, without lines
    } kind = Kind::Number;
    QString title{};
    QTimeZone zone = QTimeZone::utc();
    std::vector<Tick> ticks{};
};

/// GUI thread only. Emits signals for mouse actions; charts decide their meaning.
class Plot : public QChartView {
    Q_OBJECT
 public:
    explicit Plot(QWidget* parent = nullptr);

    /// The series is drawn on the two axes; the chart owns it.
    void addSeries(QAbstractSeries* series);
    /// Painted between the axes and the marks. Setting a range paints its picture again.
    void setLayer(PlotLayer::Paint paint) { m_layer.set(std::move(paint)); }
    void setHorizontal(const Range& range, const AxisLook& look);
    void setVertical(const Range& range, const AxisLook& look);
    Range horizontal() const { return m_x; }
    Range vertical() const { return m_y; }

    /// The part of the horizontal axis that may still change; hatched, with a label.
    void setProvisional(std::optional<Range> span);
    /// A dashed line across, with words.
    void setThreshold(std::optional<double> value, const QString& words);
    /// Labelled marks on the horizontal axis, as percentiles.
    void setMarks(std::vector<Tick> marks);
    /// Below the picture, where it is large enough: along the horizontal axis, which is one of times.
    void setStrips(std::vector<StateStrip> strips);
    const std::vector<StateStrip>& strips() const { return m_strips; }
    QRectF placeOfStrip(std::size_t strip) const;
    /// Words to the right of a place in the picture, as at the end of a bar.
    struct Label {
        double x, y;
        QString text;
    };
    void setLabels(std::vector<Label> labels);
    /// Dots where lines end: hollow where the value may still change.
    struct End {
        QPointF at;
        QColor color;
        bool open = false;
    };
    void setEnds(std::vector<End> ends);
    /// The vertical line at the pointer or the keyboard's place, with dots where lines cross it.
    struct Dot {
        double value;
        QColor color;
    };
    void setCrosshair(std::optional<double> at, std::vector<Dot> dots = {});
    /// Drag with the left button pans; off for charts whose range is not theirs to choose.
    void setInteractive(bool on) { m_interactive = on; }
    /// A click, which is no drag, says where.
    void setClickable(bool on) { m_clickable = on; }
    /// Shift+drag chooses a stretch of the horizontal axis.
    void setBrushable(bool on) { m_brushable = on; }
    /// As the wheel does, by the keys + and − (both axes where `both`) around that place, by default the
    /// middle of the picture; 0 asks for all again. False: it is none of these keys.
    bool zoomByKey(const QKeyEvent& event, std::optional<double> at = {}, std::optional<double> height = {},
                   bool both = false);
    /// A stretch that is being chosen.
    void setBand(std::optional<Range> band);

    QRectF plotArea() const { return chart()->plotArea(); }
    QPointF toScene(double x, double y) const;
    double valueAt(double sceneX) const;
    double heightAt(double sceneY) const;
    /// Draws a line, which is given in the coordinates of the scene, as far as it is within the heights of
    /// the plot: for devices that do not clip.
    void paintCut(QPainter& painter, const QList<QPointF>& line, const QPen& pen) const;
    /// Draws the picture, without the crosshair, into `rect` of any painter (export).
    void paintTo(QPainter& painter, const QRectF& rect);

 Q_SIGNALS:
    void arranged();                                              ///< plotArea() may be another
    void hovered(double at, double height);                       ///< the values under the pointer
    void clicked(double at, double height);                       ///< the values there
    void brushed(const rw::ui::Range& x);                         ///< the person chose this
    void left();                                                  ///< the pointer is elsewhere
    void zoomed(const rw::ui::Range& x, const rw::ui::Range& y);  ///< the person wants to see this
    void resetRequested();

 protected:
    void resizeEvent(QResizeEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

 private:
    bool isStill() const;
    Range draggedTimes() const;
    void arrange();
    void refreshTicks();
    void paintAxes(QPainter& painter) const;
    void paintOverlays(QPainter& painter) const;
    void paintCrosshair(QPainter& painter) const;
    void paintCutLines(QPainter& painter) const;
    void paintStrips(QPainter& painter) const;
    void paintStates(QPainter& painter) const;
    int heightOfStrips() const;
    QString tipAt(const QPointF& place) const;

    const Theme& m_theme;
    QValueAxis* m_axisX;
    QValueAxis* m_axisY;
    Range m_x, m_y;
    AxisLook m_lookX, m_lookY;
    std::vector<Tick> m_ticksX, m_ticksY;
    std::vector<Tick> m_marks;
    std::vector<Label> m_labels;
    std::vector<End> m_ends;
    std::vector<StateStrip> m_strips;
    std::optional<Range> m_provisional;
    std::optional<double> m_threshold;
    QString m_thresholdText;
    std::optional<double> m_crosshair;
    std::vector<Dot> m_dots;
    PlotLayer m_layer;
    bool m_interactive = true, m_clickable = false, m_brushable = false;
    std::optional<Range> m_band;
    QList<QLineSeries*> m_cutLines;  ///< that are painted here, for devices that do not clip

    enum class Drag { None, Click, Pan, Box, Brush } m_drag = Drag::None;
    QPointF m_dragFrom, m_dragTo;
    Range m_dragX, m_dragY;
};

}  // namespace rw::ui
