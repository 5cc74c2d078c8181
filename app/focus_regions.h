// The window by keyboard: F6 and Shift+F6 go from one region to the next, to where the focus was in it; Tab
// goes through all of them in the same order.
#pragma once
#include <QObject>
#include <QPointer>
#include <QWidget>
#include <vector>

namespace rw::ui {

class FocusRegions : public QObject {
    Q_OBJECT
 public:
    /// `regions` in the order of the keys; they and the window must outlive this. A region that is hidden, or
    /// in which nothing takes the focus, is passed over.
    FocusRegions(const std::vector<QWidget*>& regions, QWidget* window);

    void next() { step(1); }
    void previous() { step(-1); }
    /// To where the focus was in this region; false: nothing takes it there.
    bool enter(const QWidget* area, Qt::FocusReason reason);
    /// Tab and Shift+Tab; false when the focus is in none of the regions. Goes by the layouts: Qt goes by the
    /// order in which widgets were made, and forms and lists rebuild theirs all the time.
    bool tab(bool forward);

 private:
    struct Region {
        QWidget* area;
        QPointer<QWidget> last;  ///< had the focus when the region was left
    };
    void step(int by);
    static bool enter(const Region& region, Qt::FocusReason reason);
    void remember(QWidget* focused);

    std::vector<Region> m_regions;
};

}  // namespace rw::ui
