// Answers the dialogs that come up, for as long as the object exists.
#pragma once
#include <QtWidgets/QtWidgets>
#include <functional>
#include <utility>

namespace rw::ui {

/// Presses the first button that a message box has of these, and gives up one that has none; keeps their
/// words.
class DialogAnswers {
 public:
    explicit DialogAnswers(QStringList presses = {}) : m_presses(std::move(presses)) {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { answer(); });
        m_timer.start(10);
    }
    QStringList said{}, buttons{};
    std::function<void(QMessageBox&)> look{};  ///< before each is answered

 private:
    void answer() {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (box == nullptr) return;
        if (look) look(*box);
        said << box->text() + QLatin1Char(' ') + box->informativeText();
        buttons.clear();
        for (const QAbstractButton* button : box->buttons()) buttons << button->text();
        for (const QString& wanted : m_presses) {
            for (QAbstractButton* button : box->buttons()) {
                if (button->text() == wanted) return button->click();
            }
        }
        box->reject();
    }

    const QStringList m_presses;
    QTimer m_timer;
};

/// Types names, one after the other, into the dialogs that ask for a file.
class Names {
 public:
    explicit Names(QStringList names) : m_names(std::move(names)) {
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr || m_names.isEmpty()) return;
            auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            proposed << QFileInfo(field->text()).fileName();
            field->setText(m_names.takeFirst());
            QMetaObject::invokeMethod(dialog, "accept");
        });
        m_timer.start(20);
    }
    QStringList proposed{};  ///< the text in the field before

 private:
    QTimer m_timer;
    QStringList m_names;
};

}  // namespace rw::ui
