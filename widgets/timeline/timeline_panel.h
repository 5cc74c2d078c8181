// The Timeline: the windows of the run on an axis of event time, a lane for each node that has some, and the
// watermarks of the sources below them.
#pragma once
#include <map>
#include <memory>

#include "widgets/pane/pane.h"
#include "widgets/timeline/disorder_panel.h"
#include "widgets/timeline/timeline_view.h"

class QHBoxLayout;
class QPushButton;
class QStackedLayout;

namespace rw::ui {

class ElidedLabel;
class EmptyState;
class ReplayStrip;
struct DocumentChange;

class TimelinePanel final : public Pane {
    Q_OBJECT
 public:
    explicit TimelinePanel(const PaneParts& parts);
    ~TimelinePanel() override;

    QString title() const override;
    QWidget* tools() const override { return m_tools; }
    const TimelineModel& model() const { return m_model; }
    TimelineView& view() { return *m_view; }
    DisorderPanel& disorder() { return *m_disorder; }

 protected:
    void onActivated() override;
    void onDeactivated() override;
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void onRun();
    void onNewRun();
    void look();
    void takeEvents();
    void lookAtDisorder();
    void placeDisorder();
    void openDisorder(bool open);
    bool isNarrow() const;
    TimelineLine lineOf(const LaneWindows& lane, std::vector<HeldLane>& held) const;
    void placeSpan(const std::vector<TimelineLine>& lines);
    int rowOf(const NodeId& node) const;
    /// Puts it in the middle, unless the newest rows are there; opens the panel.
    void showMoment(Instant moment);
    bool turnToSelected(const std::vector<TimelineLine>& lines);
    void showRightPage();
    void showChosen();
    void showMenu(const NodeId& node, const Window& window, QPoint at);
    std::vector<NodeId> judging() const;
    void reveal(const NodeId& node);

    PipelineDocument& m_document;
    RunSession& m_session;
    std::shared_ptr<WindowWatch> m_watch{};  ///< of the run that is shown; null: it was not looked at yet
    std::map<NodeId, LaneWindows> m_lanes{};
    WatermarkRows m_marks{};
    TimelineSpan m_span{};            ///< that follows the newest rows
    std::optional<Instant> m_from{};  ///< where it begins that a person has moved to; nothing: it follows
    bool m_turns = false;             ///< the selected node's windows are to come into sight
    bool m_leads = false;             ///< the selection follows this panel
    Instant m_newest = kMinTimestamp;
    int m_frames = 0;
    TimelineModel m_model{};
    std::unique_ptr<DisorderWatch> m_counting{};  ///< while Disorder is in sight
    QWidget* m_tools;
    TimelineLegend* m_legend;
    QPushButton* m_disorderButton;  ///< opens Disorder over the lanes, where there is no room beside them
    QWidget* m_shown;
    QHBoxLayout* m_beside;
    DisorderPanel* m_disorder;
    TimelineView* m_view;
    TimelineAxis* m_axis;
    ElidedLabel* m_words;  ///< of the chosen window
    ReplayStrip* m_replay;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui
