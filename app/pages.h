// The centre of the window: a tab for each page, the one in front below, its tools beside the tabs. Pages
// that are Closable have a tab from when they are opened until they are closed.
#pragma once
#include <QWidget>
#include <vector>

class QStackedWidget;
class QTabBar;

namespace rw::ui {

class Pane;
class TabRow;

class Pages : public QWidget {
    Q_OBJECT
 public:
    /// Takes them over; the first is in front.
    explicit Pages(const std::vector<Pane*>& pages, QWidget* parent = nullptr);

    const std::vector<Pane*>& pages() const { return m_pages; }
    QWidget* head() const;  ///< the tabs and tools
    QWidget* body() const;  ///< the page in front
    void open(const Pane* page);
    /// Closes a page that can be; the one that was in front before it is again.
    void closePage(const Pane* page);

 Q_SIGNALS:
    void leaving();          ///< the page in front is about to give way
    void entered(int page);  ///< by its index

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void addCloseButton(int page);
    int indexOf(const Pane* page) const;
    void showTab(int page, bool shown);
    void choose(int page);
    void fit();
    void fitTabs();
    void retranslate();

    const std::vector<Pane*> m_pages;
    int m_front = 0, m_before = 0;  ///< the page in front, and the one that was there before it
    QTabBar* m_tabs;
    TabRow* m_head;
    QStackedWidget* m_body;
};

}  // namespace rw::ui
