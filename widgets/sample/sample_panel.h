// The Sample panel: what the selected node would give, before any run. Rows in at the left, rows out at the
// right, each beside that which it came from.
#pragma once
#include "widgets/pane/pane.h"
#include "widgets/pane/shows_rows.h"
#include "widgets/sample/pipeline_sampler.h"
#include "widgets/sample/sample_model.h"
#include "widgets/sample/sample_taker.h"
#include "widgets/session/sample_figures.h"

class QCheckBox;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ElidedLabel;
class EmptyState;
class IconButton;
class SegmentedControl;

class SamplePanel final : public Pane, public ShowsRows {
    Q_OBJECT
 public:
    explicit SamplePanel(const PaneParts& parts);

    QString title() const override;
    /// Ports, whether open windows fire, and taking it again.
    QWidget* tools() const override { return m_tools; }
    std::vector<QTableView*> rowTables() const override { return {m_in.table, m_out.table}; }
    std::optional<ShownRow> currentRow(const QTableView& table) const override;
    /// Counts and rows of the whole pipeline, for cards and fields; lives as long as the panel.
    SampleFigures& figures() { return m_figures; }
    const SampleModel& model(SampleModel::Side side) const {
        return side == SampleModel::Side::In ? m_in.model : m_out.model;
    }

 protected:
    void onActivated() override;
    void onDeactivated() override;
    void retranslate() override;

 private:
    /// One of the two grids, under its line of words.
    struct Grid {
        explicit Grid(SampleModel::Side side) : model(side) {}
        SampleModel model;
        QWidget* box = nullptr;
        ElidedLabel* head = nullptr;
        QTableView* table = nullptr;
        EmptyState* empty = nullptr;
        QStackedLayout* pages = nullptr;
    };

    void makeTools();
    void makeGrid(Grid& grid, QWidget* parent);
    void tieGrids();
    void follow();
    void followCurrent();
    void showAnswer();
    void showPorts();
    void showGrids();
    void showHeads();
    bool showNothing();
    void setEmpty(const QString& title, const QString& words);
    QString summary() const;
    QString headOf(const LookedPort& port, SampleModel::Side side) const;

    PipelineDocument& m_document;
    RunSession& m_session;
    SampleTaker m_taker;
    SampleFigures m_figures{};
    PipelineSampler m_sampler;
    SampleRef m_shown{};
    int m_inputChoice = 0, m_outputChoice = 0;
    QWidget* m_tools;
    SegmentedControl *m_inputs, *m_outputs;
    QCheckBox *m_close, *m_stay;
    IconButton* m_again;
    ElidedLabel* m_summary;
    Grid m_in{SampleModel::Side::In}, m_out{SampleModel::Side::Out};
    EmptyState* m_empty;
    QWidget* m_grids;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui
