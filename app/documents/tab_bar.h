// The tabs of the documents of a window; hidden while there is only one.
#pragma once
#include <QTabBar>

#include "widgets/session/run_session.h"

namespace rw::ui {

/// What a tab tells of its document.
struct TabFacts {
    QString name{};
    QString path{};  ///< empty: it was never saved
    bool modified = false;
    RunSession::State run = RunSession::State::Stopped;
};

/// Which tab is which its owner keeps, by their order: it follows tabMoved().
class TabBar : public QTabBar {
    Q_OBJECT
 public:
    static constexpr int kWidest = 240;  ///< pixels, times the size of the text

    explicit TabBar(QWidget* parent = nullptr);

    void append(const TabFacts& facts);
    void setFacts(int tab, const TabFacts& facts);
    const TabFacts& facts(int tab) const;
    /// Its run, in words; empty: there is nothing to say of it.
    static QString runWords(RunSession::State run);

 Q_SIGNALS:
    void closeRequested(int tab);
    void closeOthersRequested(int tab);

 protected:
    QSize tabSizeHint(int tab) const override;
    QSize minimumTabSizeHint(int tab) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void tabInserted(int tab) override;
    void tabRemoved(int tab) override;

 private:
    void addCloseButton(int tab);
    void showFacts(int tab);
    void showAll();

    std::vector<TabFacts> m_facts{};
    int m_pressed = -1;  ///< the tab on which the middle button went down
};

}  // namespace rw::ui
