#include "widgets/dashboard/full_screen.h"

#include <QKeyEvent>
#include <QVBoxLayout>
#include <utility>

namespace rw::ui {

FullScreen::FullScreen(QWidget* content, QWidget* of) : QWidget(of, Qt::Window), m_content(content) {
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "canvas");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(content);
    setWindowTitle(of->windowTitle());
}

QWidget* FullScreen::giveBack() {
    if (m_content != nullptr) m_content->setParent(nullptr);
    return std::exchange(m_content, nullptr);
}

void FullScreen::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_F11) {
        close();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void FullScreen::closeEvent(QCloseEvent* event) {
    Q_EMIT leaving();
    QWidget::closeEvent(event);
}

}  // namespace rw::ui
