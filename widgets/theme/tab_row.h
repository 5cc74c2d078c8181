// A row of tabs with one line below all of it, and room for tools at its right end.
#pragma once
#include <QWidget>

class QHBoxLayout;
class QTabBar;

namespace rw::ui {

class TabRow : public QWidget {
    Q_OBJECT
 public:
    /// Takes ownership of the tabs.
    explicit TabRow(QTabBar* tabs, QWidget* parent = nullptr);
    /// The tabs, a stretch, and then the tools, which others add.
    QHBoxLayout& line() { return *m_line; }

 private:
    QHBoxLayout* m_line;
};

}  // namespace rw::ui
