// Which stretch of event time the charts of the dashboard show: how much of the newest rows, or one before.
#pragma once
#include <QTimeZone>
#include <QWidget>

class QMenu;
class QPushButton;

namespace rw::ui {

class IconButton;
class SharedTimes;

/// Hidden while no chart has times that can be chosen.
class TimeBar : public QWidget {
    Q_OBJECT
 public:
    /// `times` outlives it.
    explicit TimeBar(SharedTimes& times, QWidget* parent = nullptr);
    /// In which times are written.
    void setZone(const QTimeZone& zone);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();
    void fillMenu();
    QString words() const;

    SharedTimes& m_times;
    QTimeZone m_zone = QTimeZone::utc();
    QPushButton* m_choice;
    QMenu* m_menu;
    IconButton *m_back, *m_forward;
    QPushButton* m_live;
};

}  // namespace rw::ui
