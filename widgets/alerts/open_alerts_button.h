// In the status bar: how many alerts are open. It leads to them, and is not there while there are none.
#pragma once
#include <QPushButton>

namespace rw::ui {

class AlertFeed;

class OpenAlertsButton : public QPushButton {
    Q_OBJECT
 public:
    /// The feed must outlive it.
    explicit OpenAlertsButton(const AlertFeed& feed, QWidget* parent = nullptr);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();

    const AlertFeed& m_feed;
};

}  // namespace rw::ui
