// The Log panel: what runs, nodes and the program itself had to say, with the time. Levels and words filter
// it, rows are copied as text, and it follows the newest line for as long as one stands at the end.
#pragma once
#include <QTimer>
#include <QWidget>
#include <memory>

#include "widgets/panels/log_model.h"
#include "widgets/panels/log_sink.h"

class QStackedLayout;
class QTableView;

namespace rw::ui {

class EmptyState;
class IconButton;
class SearchField;
class SegmentedControl;

class LogPanel : public QWidget {
    Q_OBJECT
 public:
    explicit LogPanel(QWidget* parent = nullptr);
    ~LogPanel() override;

    /// To be filled: a LogRecorder adds what runs say.
    LogModel& model() { return m_model; }
    /// To be given to spdlog's loggers; keeps working, unread, after the panel is gone.
    std::shared_ptr<LogSink> sink() const { return m_sink; }
    /// The row with levels, search, copy and clear. At first on top of the table; main_window may take it
    /// beside the dock's tabs.
    QWidget* tools() const { return m_tools; }

    /// The file that the lines are written to as well; a tool shows its folder. Empty: there is none.
    void setFile(const QString& path);

    /// Chooses the newest line about that node, opening the filter if it would hide it.
    void showNewest(const QString& node);
    /// Puts the chosen lines, else all shown ones, on the clipboard.
    void copy() const;

 Q_SIGNALS:
    /// Enter or a double click on a line that is about a node.
    void nodeActivated(const QString& node);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void makeTools();
    void makeTable();
    void drain();
    void follow();
    void showAll();  ///< takes the filter away
    void retranslate();
    void resizeColumns();
    void showRightPage();

    LogModel m_model;
    LogFilter m_filter;
    std::shared_ptr<LogSink> m_sink;
    QTimer m_pace;  ///< runs only while lines wait in the sink
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
