// The dock under the centre: tabs with panels, which collapse to the row of tabs.
#pragma once
#include <QWidget>
#include <functional>
#include <vector>

class QAction;
class QLabel;
class QStackedWidget;
class QTabBar;

namespace rw::ui {

class IconButton;
class TabRow;

class BottomPanel : public QWidget {
    Q_OBJECT
 public:
    explicit BottomPanel(QWidget* parent = nullptr);

    /// `name` is asked again when the language changes; `tools` stand beside the tabs while the panel is
    /// shown. Alt+1 opens the first panel, Alt+2 the second, and so on.
    void addPanel(QWidget* panel, std::function<QString()> name, QWidget* tools = nullptr);
    /// A count beside the panel's name; 0: none.
    void setCount(QWidget* panel, int count);
    /// Chooses the panel and opens the dock.
    void open(QWidget* panel);
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }

 Q_SIGNALS:
    void collapsedChanged(bool collapsed);

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    struct Panel {
        QWidget* widget;
        QWidget* tools;
        QLabel* badge;   ///< with the count
        QAction* shows;  ///< opens it
        std::function<QString()> name;
        int count = 0;
    };
    void choose(int index);
    void refreshNames();
    void placeTools();
    int indexOf(const QWidget* panel) const;

    std::vector<Panel> m_panels;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    TabRow* m_head;
    QWidget* m_below;  ///< the tools, in a narrow window
    IconButton* m_collapse;
    bool m_collapsed = false;
};

}  // namespace rw::ui
