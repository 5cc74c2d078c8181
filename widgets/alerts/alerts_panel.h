// The Alerts panel: the alerts of the run, who was told of them, and the commands on them: to acknowledge
// one, to silence its key or its rule for a while, to send a test. Live, also after the run has ended, for
// those who are told may answer later.
#pragma once
#include <utility>
#include <vector>

#include "widgets/alerts/alert_keys.h"
#include "widgets/alerts/alerts_model.h"
#include "widgets/background/ticker.h"
#include "widgets/pane/pane.h"

class QMenu;
class QPoint;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ElidedLabel;
class EmptyState;
class IconButton;
class SegmentedControl;

/// Counts those that are open: raised, and nobody has seen them.
class AlertsPanel final : public Pane {
    Q_OBJECT
 public:
    explicit AlertsPanel(const PaneParts& parts);

    const AlertsModel& model() const { return m_model; }
    QString title() const override;
    /// All or only the open ones, and the commands on the chosen ones.
    QWidget* tools() const override { return m_tools; }

    /// Opens the panel, with that alert chosen if it is there still.
    void showEntry(std::uint64_t entry);

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    using Target = std::pair<NodeId, std::vector<AlertKeyPart>>;  ///< of a silence

    void makeTools();
    void makeActions();
    void makeTable();
    void makeFoot();
    void connectParts();
    void onAlerts();
    void list();
    void refreshTools();
    void refreshFoot();
    void showRightPage();
    /// Whether anything that it shows changes without a word from the feed.
    bool ages() const;
    void followAges();
    void showNothing();
    void onEmptyAction();
    void openMenu(QPoint at);
    void fillSilences(QMenu& menu, const std::vector<Target>& targets);
    void addSilences(QMenu& menu, const std::vector<Target>& targets);
    std::vector<std::uint64_t> chosen() const;
    void choose(const std::vector<std::uint64_t>& entries);
    std::vector<std::uint64_t> toAcknowledge() const;
    std::vector<Target> chosenTargets(bool wholeRules) const;
    QString nameOf(const Target& target) const;
    void acknowledge();
    void silenceHour();
    void silence(const std::vector<Target>& targets, Instant until);
    /// To the moment of the alert in that row; of one that has none to its node.
    void goTo(int row);
    AlertKeys::Enter enterGoes(int row) const;  ///< what goTo() does
    void goToNode(const NodeId& node);
    void goToMoment(Instant moment);
    void copy() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    AlertFeed& m_feed;
    AlertsModel m_model;
    QAction *m_acknowledge, *m_silence;
    QWidget* m_tools;
    SegmentedControl* m_which;
    IconButton *m_acknowledgeTool, *m_silenceTool, *m_copyTool;
    QTableView* m_table;
    QPushButton* m_silences;
    ElidedLabel* m_left;
    QWidget* m_foot;
    AlertKeys* m_keys;
    EmptyState* m_empty;
    QStackedLayout* m_pages = nullptr;
    Ticker m_ageing;  ///< while ages(), and once more
};

}  // namespace rw::ui
