// The Data panel: the newest rows of the selection, as they pass. Follows the end while one stands there;
// frozen, it keeps the rows it shows while the run goes on.
#pragma once
#include <memory>
#include <optional>

#include "widgets/pane/pane.h"
#include "widgets/pane/shows_rows.h"
#include "widgets/panels/batch_model.h"
#include "widgets/session/run_session.h"

class QStackedLayout;
class QTableView;

namespace rw::ui {

class ElidedLabel;
class EmptyState;
class IconButton;
class SegmentedControl;

/// A stream that the panel can show for the selection.
struct WatchedPort {
    PortRef from;
    QString name;  ///< of the port; of a sink, its sender

    bool operator==(const WatchedPort&) const = default;
};

class DataPanel final : public Pane, public ShowsRows {
    Q_OBJECT
 public:
    explicit DataPanel(const PaneParts& parts);

    const BatchModel& model() const { return m_model; }
    QString title() const override;
    /// Ports, watermark, freeze, copy and export.
    QWidget* tools() const override { return m_tools; }
    std::vector<QTableView*> rowTables() const override { return {m_table}; }
    std::optional<ShownRow> currentRow(const QTableView& table) const override;
    /// Shows the rows of a node inside a subflow, whose id is its path, in place of those of the selection.
    /// Nothing: those of the selection again.
    void watchInside(std::optional<Node> node);
    void setFrozen(bool frozen);
    void copy() const;  ///< the chosen rows, else all

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void makeTools();
    void makeTable();
    void onRun();
    void startOver();
    void follow();
    void choosePort(int index);
    const StreamType* streamFrom(const PortRef& from) const;
    void readTap();
    void showWatermark();
    void showRightPage();
    void onEmptyAction();
    void exportCsv();

    PipelineDocument& m_document;
    RunSession& m_session;
    BatchModel m_model;
    std::optional<Node> m_inside{};
    std::vector<WatchedPort> m_ports;
    int m_port = 0;
    std::shared_ptr<Tap> m_tap;
    std::uint64_t m_version = 0;  ///< of the tap, as shown
    int m_frames = 0;
    bool m_frozen = false;
    bool m_atEnd = true;
    QWidget* m_tools;
    SegmentedControl* m_portChoice;
    ElidedLabel* m_watermark;
    IconButton *m_freeze, *m_copy, *m_export;
    QTableView* m_table;
    QAction* m_copyRows = nullptr;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui
