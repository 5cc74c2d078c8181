// Values over event time, perhaps with a band behind them and marked points. Follows the newest data until
// the person pans or zooms; a button returns, which says “Back to live” only where something is.
#pragma once
#include <QTimeZone>
#include <map>
#include <vector>

#include "core/views/line_view.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/charts/drawing/line_shape.h"
#include "widgets/charts/drawing/plot.h"

class QLineSeries;
class QPushButton;

namespace rw::ui {

class Legend;
class RowCondition;
struct LegendEntry;

class LineChart final : public ChartWidget {
    Q_OBJECT
 public:
    using View = LineView;
    explicit LineChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const LineView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    ChartTable fileTable() const override;  ///< all lines that the view keeps, shown or not
    QString summary() const override;
    QString rangeText() const override;
    QString shownSpan() const override;
    bool isOverTime() const override { return true; }
    void setStates(std::vector<StateStrip> strips) override;
    void fillMenu(QMenu& menu) override;
    std::vector<ChartColumn> keptColumns() const override;
    bool keepsTimes() const override { return true; }
    bool isFedEarly() const override;
    std::optional<ChartAsk> rowAsked() const override;
    std::string rowMissed() const override;

 protected:
    void draw() override;
    void reset() override;
    void runGoesOnChanged() override { refreshWayBack(); }
    void timesChanged() override;
    void momentChanged() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool isBlank() const override;

 private:
    const LineView& lines() const;
    ChartTable tableOf(const std::vector<std::size_t>& places) const;  ///< of these lines
    // Of the times that are shown, in line_times.cpp.
    void chooseTimes();
    Millis span() const;  ///< of the newest times; 0: all
    void showRange(const Range& x, const Range& y);
    void stay(const Range& x);
    void follow();
    void goOn();
    void refreshWayBack();
    void drawLines();
    void paintDense(QPainter& painter) const;
    /// The lines to draw: those that the person picked, else the first ones.
    void chooseShown();
    std::vector<std::size_t> shownPlaces() const;
    void showChoice(const QPoint& at);
    void pick(const QString& name, bool on);
    void pickLargest();
    void showOnly(const std::vector<std::size_t>& places);  ///< at most kShownSeries
    void showAxes(Range values);  ///< that are seen
    void pointAt(double at);
    void stepBy(double times);
    void forgetPoint();
    /// The lines at the point nearest to `at`, and the point itself; null: there is none in sight.
    struct Crossed {
        const LinePoint* point = nullptr;
        double place = 0;
        std::vector<Plot::Dot> dots{};
        std::vector<ChartTooltip::Row> rows{};
    };
    Crossed crossed(double at) const;
    /// The place among its points of the one nearest to `at`, or none in sight.
    std::optional<std::size_t> nearest(const LineOutline& line, double at) const;

    // Of what is kept, in sharing/line_filter.cpp.
    const std::string* labelOf(std::size_t line) const;  ///< its value of the series column; null: there is none
    bool isKept(std::size_t line) const;
    bool isPale(std::size_t line) const;
    void keepTimes(LineQuery& query) const;
    void keepPoints(LineSnapshot& shot) const;
    void choose(const QString& name);
    void brush(const Range& x);
    void brushByKey();
    void showBrush();

    // Of the band and the marked points, in line_band.cpp.
    QString bandName() const;
    QString markName() const;
    void addBandEntries(std::vector<LegendEntry>& entries) const;
    Range shapeBands();  ///< the values that they reach
    void paintBands(QPainter& painter) const;
    void addMarks(std::vector<Plot::End>& ends) const;
    std::optional<double> markNear(double at, double most) const;
    double snapped(double at) const;  ///< to a marked point, where one is near
    const LinePoint* markAt(const LineSeries& line, double place) const;
    bool isMarked(const LineSeries& line, double place) const;  ///< and its marks are shown
    double pixel() const;                                       ///< milliseconds that one is wide
    void addBandRows(std::vector<ChartTooltip::Row>& rows, const LineSeries& line, const QColor& color,
                     double place) const;
    struct Reason {
        QString of;        ///< the point, in words
        std::string text;  ///< its contributions
        QPointF at;
    };
    std::optional<Reason> reason() const;
    void showWhy();
    void stepToMark(bool left);

    // What it is asked about, in questions/line_questions.cpp.
    /// A line that is seen, and its point nearest to a place; null: it has none in sight.
    struct AtHand {
        std::size_t line;  ///< its place in m_shot
        const LinePoint* point;
        double place;  ///< of the point
        bool covers;   ///< the point, or its window, is at that place
    };
    bool byPointer() const { return m_pointer && !m_pinned; }
    std::optional<double> placeInHand() const;
    double reachInHand() const;
    std::vector<AtHand> pointsAt(double place, double reach) const;
    const AtHand* pickedOf(const std::vector<AtHand>& lines) const;
    void addLine(RowCondition& condition, std::size_t line) const;
    LinePoint expectedAt(double at, const AtHand& beside) const;
    void stepToLine(bool up);

    QString timeText(const LinePoint& point) const;
    QString valueTitle() const;
    QString withUnit(const QString& number) const;
    QString lineName(const LineSeries& line) const;

    Plot* m_plot;
    Legend* m_legend;
    ChartTooltip* m_tooltip;
    QPushButton* m_wayBack;
    QTimeZone m_zone = QTimeZone::utc();
    LineSnapshot m_shot;
    struct Shown {
        std::size_t line;   ///< its place in m_shot
        std::size_t color;  ///< the place of its looks: no two that are shown have the same
    };
    std::vector<Shown> m_shown;
    /// By name, with their colours; empty: none yet. It outlives the view: a run again shows the same lines.
    std::map<QString, std::size_t> m_picked;
    Range m_x, m_y;
    bool m_following = true;
    bool m_ownY = false;  ///< the person chose the vertical range
    struct Drawn {
        QLineSeries* final;
        QLineSeries* open;  ///< the part that may still change, dotted
    };
    std::vector<Drawn> m_drawn;
    struct Dense {
        QList<QPointF> points;  ///< by time and value
        QColor color;
    };
    std::vector<Dense> m_dense;  ///< what goes up and down too often for smooth strokes, instead of m_drawn
    struct Band {
        BandShape shape;
        std::size_t color;  ///< the place of its line's looks
    };
    std::vector<Band> m_bands;
    QString m_highlighted;
    std::optional<double> m_crosshair;
    std::optional<double> m_brushFrom;  ///< where a stretch begins that is chosen by keys
    std::optional<QPointF> m_pointer;  ///< where it is, by the values of the axes
    bool m_pinned = false;  ///< the crosshair stays where it is until Esc
};

}  // namespace rw::ui
