// The centre of the window: a tab for each page, the one in front below, its tools beside the tabs.
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

 Q_SIGNALS:
    void leaving();          ///< the page in front is about to give way
    void entered(int page);  ///< by its index

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void choose(int page);
    void fit();
    void retranslate();

    const std::vector<Pane*> m_pages;
    QTabBar* m_tabs;
    TabRow* m_head;
    QStackedWidget* m_body;
};

}  // namespace rw::ui
