// A bar that offers the copies of a crashed session, one document after the other, the newest first.
// Hidden while there is nothing to offer.
#pragma once
#include <QFrame>
#include <vector>

#include "widgets/document/autosave.h"

class QBoxLayout;
class QLabel;
class QPushButton;

namespace rw::ui {

class RecoveryBar : public QFrame {
    Q_OBJECT
 public:
    explicit RecoveryBar(QWidget* parent = nullptr);

    void offer(std::vector<Recoverable> left);
    /// The offer on show was dealt with: on to the next.
    void next();

 Q_SIGNALS:
    void recoverRequested(const rw::ui::Recoverable& left);
    void discardRequested(const rw::ui::Recoverable& left);

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    void refresh();
    void refreshIcon();

    std::vector<Recoverable> m_left;
    QBoxLayout* m_parts = nullptr;  ///< words and answers
    QLabel *m_icon, *m_words, *m_more;
    QPushButton *m_recover, *m_discard;
};

}  // namespace rw::ui
