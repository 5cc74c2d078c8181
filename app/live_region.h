// Where screen readers hear of what nobody looks at. Qt 6.4 knows no announcements yet; the best it has is a
// point of the window that is a notification to the accessibility bus, has the words as its name, and appears
// anew with each.
#pragma once
#include <QWidget>

namespace rw::ui {

class LiveRegion : public QWidget {
    Q_OBJECT
 public:
    explicit LiveRegion(QWidget* parent);

    void say(const QString& words);
};

}  // namespace rw::ui
