// The page Compare versions: what differs between two versions of the pipeline, as a picture and in words.
#pragma once
#include <functional>
#include <optional>

#include "widgets/background/latest.h"
#include "widgets/pane/closable.h"
#include "widgets/pane/pane.h"
#include "widgets/versions/version_changes.h"
#include "widgets/versions/version_entries.h"

class QLabel;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QTimer;

namespace rw::ui {

class ChangesSide;
class EffectView;
class EmptyState;
class SegmentedControl;
class VersionsSide;
struct DocumentChange;

/// Follows the document: what is in the window is compared as it is now. Versions are read, and what becomes
/// of states is found out, in the background.
class ComparePage final : public Pane, public Closable {
    Q_OBJECT
 public:
    ComparePage(const PaneParts& parts, MakeDifferenceCanvas makeCanvas,
                std::function<void(const QString& words)> tell);

    QString title() const override;
    void closed() override;
    /// Reads the versions again; nothing while it is off.
    void refresh();
    void compareWith(const QString& file);  ///< another one
    /// Also while it rests before it compares.
    bool isBusy() const;
    const VersionDifference& difference() const { return m_difference; }
    VersionsSide& versions() const { return *m_versions; }
    ChangesSide& changes() const { return *m_changes; }
    DifferenceCanvas& canvas() const { return *m_canvas; }
    EffectView& effect() const { return *m_effect; }
    QPushButton& effectButton() const { return *m_effectButton; }

 protected:
    void onActivated() override;
    void resizeEvent(QResizeEvent* event) override;
    void onDeactivated() override;
    void retranslate() override;

 private:
    QWidget* makeBar();
    void refreshEntry();
    void onDocument(const DocumentChange& change);
    CheckpointPlaces checkpointPlaces() const;
    void chooseSides();
    std::shared_ptr<const Pipeline> pipelineOf(const VersionEntry* entry) const;
    void compareSoon();
    void compare();
    void weigh();
    void askForEffect();
    void showDifference(bool anew);
    void showPictures(bool anew);
    void showCounts();
    void step(int by);
    void takeOneBack(int change);
    void takeAllBack();
    void askForFile();

    PipelineDocument& m_document;
    RunSession& m_session;
    const std::function<void(const QString& words)> m_tell;
    QAction *m_open, *m_next, *m_previous;
    VersionsSide* m_versions;
    ChangesSide* m_changes;
    DifferenceCanvas* m_canvas;
    SegmentedControl* m_layout;
    QLabel* m_counts;
    QPushButton *m_effectButton, *m_nextButton;
    EffectView* m_effect;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
    QTimer* m_soon;
    ReadVersions m_read{};
    std::vector<CheckpointLocation> m_locations{};  ///< of checkpoints, as m_read was asked for
    std::vector<VersionEntry> m_others{};
    std::shared_ptr<const Pipeline> m_a{}, m_b{};
    VersionDifference m_difference{};
    std::optional<Result<Forecast>> m_forecast{};
    Latest m_reading{this}, m_opening{this}, m_weighing{this};
};

}  // namespace rw::ui
