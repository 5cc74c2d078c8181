// The Log panel: messages of runs, nodes and the program itself, with the time. Levels and words filter
// it, rows are copied as text, and it follows the newest line for as long as one stands at the end.
#pragma once
#include <QTimer>
#include <memory>

#include "widgets/log/log_model.h"
#include "widgets/log/log_recorder.h"
#include "widgets/pane/pane.h"

class QStackedLayout;
class QTableView;

namespace rw::ui {

class EmptyState;
class IconButton;
class SearchField;
class SegmentedControl;

/// Opens by itself when a run fails.
class LogPanel final : public Pane {
    Q_OBJECT
 public:
    explicit LogPanel(const PaneParts& parts);
    ~LogPanel() override;

    LogModel& model() { return m_model; }
    /// To be given to spdlog's loggers; keeps working, unread, after the panel is gone.
    std::shared_ptr<LogSink> sink() const { return m_sink; }
    /// Records the messages of runs.
    LogRecorder& recorder() { return m_recorder; }
    QString title() const override;
    /// The row with levels, search, copy and clear; until it is taken over it stands above the table.
    QWidget* tools() const override { return m_tools; }

    /// The file that the lines are written to as well; a tool shows its folder. Empty: there is none.
    void setFile(const QString& path);

    /// Chooses the newest line about that node, opening the filter if it would hide it.
    void showNewest(const QString& node);
    /// Puts the chosen lines, else all shown ones, on the clipboard.
    void copy() const;

 protected:
    void onActivated() override;
    void onDeactivated() override;
    void retranslate() override;

 private:
    void makeTools();
    void makeTable();
    void onState();
    void drain();
    void follow();
    void showAll();  ///< takes the filter away
    void resizeColumns();
    void showRightPage();

    PipelineDocument& m_document;
    RunSession& m_session;
    LogModel m_model;
    LogFilter m_filter;
    std::shared_ptr<LogSink> m_sink;
    LogRecorder m_recorder;
    QTimer m_pace;  ///< runs only while the panel is on and lines wait in the sink
    bool m_following = true;
    QString m_file;
    QWidget* m_tools;
    SegmentedControl* m_levels;
    SearchField* m_search;
    IconButton *m_copy, *m_clear, *m_open;
    QTableView* m_table;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui
