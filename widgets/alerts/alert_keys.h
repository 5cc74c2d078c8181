// What the keys do with the chosen alerts, in the footer of the panel.
#pragma once
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace rw::ui {

class AlertKeys : public QWidget {
    Q_OBJECT
 public:
    /// Where Enter goes: of a test there is no moment, and its node may be gone.
    enum class Enter { Nowhere, Node, Moment };

    explicit AlertKeys(QWidget* parent = nullptr);

    /// On the current alert; nothing is said of a key that does nothing.
    void setEnter(Enter goes);
    /// After a change of language.
    void retranslate();

 private:
    struct Key {
        QLabel* words = nullptr;
        QLabel* cap = nullptr;
    };
    static Key addKey(QHBoxLayout& row, const QString& key);

    Enter m_goes = Enter::Moment;
    Key m_go{}, m_acknowledge{}, m_silence{};
};

}  // namespace rw::ui
