// The picture of one chart; ChartCard puts a head around it. It reads its view when the scheduler says so;
// nothing here ever waits for the engine.
#pragma once
#include <QElapsedTimer>
#include <QPointer>
#include <QWidget>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/stream/live_view.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/drawing/state_strip.h"
#include "widgets/charts/questions/chart_ask.h"
#include "widgets/charts/shared_times.h"
#include "widgets/charts/sharing/provisional.h"
#include "widgets/charts/sharing/shared_filter.h"

class QLabel;
class QMenu;
class QPainter;

namespace rw::ui {

/// GUI thread only.
class ChartWidget : public QWidget {
    Q_OBJECT
 public:
    explicit ChartWidget(QWidget* parent = nullptr);
    ~ChartWidget() override;

    /// The view of the run that is shown from now on; null: none yet.
    void setView(std::shared_ptr<LiveView> view);
    LiveView* view() const { return m_view.get(); }
    /// Stands above exported pictures; on a card the card's own head says it.
    void setTitle(const QString& title) { m_title = title; }
    const QString& title() const { return m_title; }
    /// Whether the view has had anything to draw.
    bool hasRows() const { return m_view && m_view->rows() > 0; }

    /// The times that it shows and the moment that it points at are those of its neighbours from now on.
    void share(SharedTimes& times);
    /// It keeps the rows that its neighbours keep from now on, and lets a person choose them.
    void share(SharedFilter& filter);
    /// The columns by whose values it can keep rows of those that it holds.
    virtual std::vector<ChartColumn> keptColumns() const { return {}; }
    /// Whether it can keep rows by their event times.
    virtual bool keepsTimes() const { return false; }
    /// What of the filter it does not follow, and why; empty: nothing.
    QString outsideFilter() const;
    /// Why it shows nothing of what it holds: the filter, or that results are hidden; empty: it shows something.
    QString whyBlank() const;

    /// Whether results come early, which may still change.
    virtual bool isFedEarly() const { return false; }
    void setProvisional(Provisional how);

    /// Whether it shows a stretch of event time that can be chosen.
    virtual bool isOverTime() const { return false; }

    /// Whether the run of the view goes on: then there may be something newer to come back to.
    void setRunGoesOn(bool goesOn);
    bool runGoesOn() const { return m_goesOn; }

    /// Whether the view has news that the picture does not show; false while frozen.
    bool isStale() const;
    /// The picture is stale: what is kept or how it is drawn is another.
    void drawAnew();
    /// Copies the view and redraws.
    void refresh();

    /// Holds the picture while data go on.
    void setFrozen(bool frozen);
    bool isFrozen() const { return m_frozen; }
    /// Rows that came since it was frozen.
    std::uint64_t rowsSinceFreeze() const { return m_view ? m_view->rows() - rows() : 0; }

    /// Rows that the picture shows.
    std::uint64_t shownRows() const { return m_frozen ? rows() : m_view ? m_view->rows() : 0; }
    /// How many rows have come and were lost on their way, in words: a screen reader hears them behind
    /// summary().
    void setRowWords(const QString& words);

    /// Draws the picture, legend included, for PNG, SVG and the command line: as laid out now, at the top
    /// left of `rect`, which has the widget's size.
    virtual void paintPicture(QPainter& painter, const QRectF& rect) = 0;
    /// The raw values of the visible range, ISO 8601 times with offset.
    virtual ChartTable table() const = 0;
    /// The values for a file: the same, and what the picture has no room for.
    virtual ChartTable fileTable() const { return table(); }
    QString csv() const { return toCsv(fileTable()); }
    /// The picture in one sentence, for screen readers.
    virtual QString summary() const = 0;
    /// Adds what can be done with the part of the picture that is pointed at.
    virtual void fillMenu(QMenu&) {}
    /// The row behind what is pointed at, or was chosen by keys; nothing: there is none, or the picture does
    /// not know it.
    virtual std::optional<ChartAsk> rowAsked() const { return std::nullopt; }
    /// Where there is none: what would be true of it, SQL that a person completes; empty: it is no place for
    /// a row.
    virtual std::string rowMissed() const { return {}; }
    /// What alert rules on its rows were; drawn by charts over event time.
    virtual void setStates(std::vector<StateStrip>) {}

    /// “14:31:00–14:36:00”: part of an export's file name; empty where there is no range.
    virtual QString rangeText() const { return {}; }
    /// How much of the run it shows, in two words for a chip: “Whole run”; empty where a chart says it
    /// itself, shows older rows or keeps no time.
    virtual QString shownSpan() const { return {}; }

 Q_SIGNALS:
    void frozenChanged();
    void wentStale();  ///< by drawAnew()
    void drawn();      ///< the picture is new

 protected:
    /// Copies the data from view() and draws it; called with a view only.
    virtual void draw() = 0;
    /// The view was replaced: ranges and choices that belonged to the old one go.
    virtual void reset() {}
    virtual void runGoesOnChanged() {}
    /// Null: the chart stands alone.
    SharedTimes* times() const { return m_times.data(); }
    /// Null: nothing is filtered here.
    SharedFilter* filter() const { return m_filter.data(); }
    /// The value of the column that alone is kept here; null: all are.
    const ColumnValue* keptOf(const ChartColumn& column) const;
    /// The value of the column that was chosen here: it is marked among the others. Null: none was.
    const ColumnValue* chosenOf(const ChartColumn& column) const;
    std::optional<Range> keptTimes() const;
    /// For whyBlank(): whether anything is drawn.
    virtual bool isBlank() const { return false; }
    /// How early results are drawn; of a chart that has none, as ever.
    Provisional provisional() const { return isFedEarly() ? m_provisional : Provisional::Dimmed; }
    /// Neighbours show other times, or point at another moment.
    virtual void timesChanged() {}
    virtual void momentChanged() {}
    static QString wordsOf(Millis span);     ///< for shownSpan(); 0: the whole run
    virtual std::uint64_t rows() const = 0;  ///< that the picture shows
    /// Draws a line of words above the plot as laid out, from `origin`, the chart's top left; for exports.
    static void paintCaption(QPainter& painter, const QLabel& caption, const QPointF& origin);
    void changeEvent(QEvent* event) override;

 private:
    void describe();
    const FilterCondition* conditionOn(const ChartColumn& column) const;

    std::shared_ptr<LiveView> m_view;
    QPointer<SharedTimes> m_times;
    QPointer<SharedFilter> m_filter;
    Provisional m_provisional = Provisional::Dimmed;
    QString m_title, m_rowWords;
    std::uint64_t m_drawnVersion = 0;
    bool m_everDrawn = false;
    bool m_frozen = false;
    bool m_goesOn = false;
};

}  // namespace rw::ui
