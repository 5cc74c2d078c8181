// The panels around the pages of a window, and its place where it is no tab of another, kept between
// sessions. Each page has side panels and a bottom panel of its own, whose sizes come back exactly as they
// were left. The bottom panel keeps its height whichever of its tabs is chosen: what is clicked on stays
// where it is. It only becomes higher for a tab that needs more, until a person gives it a height.
#pragma once
#include <QObject>
#include <vector>

class QAction;
class QDockWidget;
class QMainWindow;
class QSplitter;

namespace rw::ui {

class BottomPanel;
class InspectorPlace;
class Pane;

class WindowLayout : public QObject {
    Q_OBJECT
 public:
    struct Parts {
        QMainWindow* window;
        QDockWidget *left, *right;
        InspectorPlace* inspector;  ///< in the right dock, or over the pages
        QSplitter* centre;          ///< the pages, and the bottom panel under them
        BottomPanel* bottom;
        QAction *sidePanels, *bottomPanels;  ///< checked while those of the page in front are shown
    };
    WindowLayout(const Parts& parts, const std::vector<Pane*>& pages);

    /// Puts all as it was left. Before the window is shown.
    void restore();
    void save();
    /// The page in front goes, its sizes are kept; then another has come.
    void leavePage() { keepSizes(); }
    void enterPage(int page);
    /// While the first page is the welcome page it has no bottom panel.
    void setWelcome(bool shown);

 protected:
    bool eventFilter(QObject* window, QEvent* event) override;

 private:
    struct Around {
        const char* name;  ///< in the settings
        bool sides, bottom;
        int left = 0, right = 0;  ///< pixels; 0: as the text size asks
        int height = 0;           ///< of the bottom panel; pixels, that a person gave it; 0: as its tabs ask
        int asked = 0;            ///< the most that a tab has asked for so far
    };
    void keepSizes();
    void keepHeight();
    /// Of the bottom panel, with the tab that is chosen.
    int bottomHeight();
    void showSides(bool shown);
    void showBottom();
    void setSideWidths();
    Around& here() { return m_pages[m_page]; }
    const Around& here() const { return m_pages[m_page]; }

    Parts m_parts;
    std::vector<Around> m_pages;
    std::size_t m_page = 0;
    bool m_welcome = false;
    bool m_due = true;         ///< sizes are to be set once the window is shown
    bool m_arranging = false;  ///< the program opens and closes panels, not the person
    int m_textZoom;
};

}  // namespace rw::ui
