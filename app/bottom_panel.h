// The dock under the centre: tabs with panels, which collapse to the row of tabs.
#pragma once
#include <QWidget>
#include <vector>

class QLabel;
class QStackedWidget;
class QTabBar;

namespace rw::ui {

class IconButton;
class Pane;
class TabRow;

class BottomPanel : public QWidget {
    Q_OBJECT
 public:
    /// Takes the panels over; the first that is present is chosen.
    explicit BottomPanel(const std::vector<Pane*>& panels, QWidget* parent = nullptr);

    /// Chooses the panel and opens the dock; the keyboard stays where it is, as long as that can be seen.
    void see(Pane* panel);
    /// The same, and the panel gets the keyboard.
    void open(Pane* panel);
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }
    /// The one whose tab is in front, also while the dock is collapsed; null: there are none.
    const Pane* chosen() const;

 Q_SIGNALS:
    /// Another panel is chosen; nothing has been laid out yet.
    void chosenChanged();
    void collapsedChanged(bool collapsed);

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    struct Tab {
        Pane* panel;
        QLabel* badge;  ///< with the count
    };
    void addPanel(Pane* panel);
    void choose(int index);
    void leave(const Pane* panel);
    void refreshNames();
    void fitBadge(int index);
    void fitBadges();
    void showTab(int index, bool shown);
    void fitTabs();
    void foldTabs(int room);
    void placeTools();
    int indexOf(const Pane* panel) const;

    std::vector<Tab> m_panels;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    TabRow* m_head;
    QWidget* m_below;  ///< the tools, in a narrow window
    IconButton* m_more;  ///< the tabs for which there is no room
    IconButton* m_collapse;
    int m_chosen = -1, m_chosenBefore = -1;
    bool m_collapsed = false, m_tight = false;
};

}  // namespace rw::ui
