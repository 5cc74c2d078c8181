// The Preferences window: theme, contrast, text size, motion and language. Every change is seen at once in
// the whole program, so it has one button, Close, and stays open beside the main window.
#pragma once
#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rw::ui {

class Preferences;
class SegmentedControl;

class PreferencesDialog : public QDialog {
    Q_OBJECT
 public:
    /// `preferences` must outlive it.
    PreferencesDialog(Preferences& preferences, QWidget* parent = nullptr);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    QLabel* addHead(QVBoxLayout* column);
    QLabel* addRow(QVBoxLayout* column, QWidget* control);
    QLabel* addHelp(QVBoxLayout* column);
    void retranslate();
    void showStored();

    Preferences& m_preferences;
    QLabel *m_lookHead, *m_themeLabel, *m_zoomLabel, *m_contrastHelp, *m_motionHelp;
    QLabel *m_languageHead, *m_languageLabel, *m_languageHelp;
    // In the order in which Tab goes through them.
    SegmentedControl *m_theme, *m_zoom;
    QCheckBox *m_contrast, *m_motion;
    SegmentedControl* m_language;
    QPushButton* m_close;
};

}  // namespace rw::ui
