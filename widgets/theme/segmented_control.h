// A few words side by side of which exactly one holds: Tumble | Hop | Session. Tab reaches the chosen one,
// arrow keys choose another, as in a group of radio buttons.
#pragma once
#include <QIcon>
#include <QStringList>
#include <QWidget>

class QAbstractButton;
class QButtonGroup;
class QHBoxLayout;

namespace rw::ui {

class SegmentedControl : public QWidget {
    Q_OBJECT
 public:
    explicit SegmentedControl(QWidget* parent = nullptr);

    // Replaces all segments; the first is chosen. `width` of all is the same when `equal`.
    void setSegments(const QStringList& words, bool equal = true);

    int count() const;
    int currentIndex() const;
    void setCurrentIndex(int index);  // does not emit chosen(); -1: none holds

 Q_SIGNALS:
    void chosen(int index);  // by the user

 protected:
    void changeEvent(QEvent* event) override;

 private:
    QAbstractButton* segment(int index) const;

    QButtonGroup* m_group;
    QHBoxLayout* m_row;
};

}  // namespace rw::ui
