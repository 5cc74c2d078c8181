// Command lines that are told to people, to be run by them.
#pragma once
#include <map>
#include <string>

namespace rw {

/// As a shell takes it for one word.
std::string shellWord(const std::string& word);

/// “rillwright run FILE HOW --set …”: the pipeline of that file with the variables that it was given.
std::string runWords(const std::string& file, const std::string& how,
                     const std::map<std::string, std::string>& variables = {});

/// “rillwright deploy FILE --target TARGET --savepoint SAVEPOINT”.
std::string deployWords(const std::string& file, const std::string& target, const std::string& savepoint);

/// As runWords(), from the rows of a tape: repeats the run that was recorded, also where it failed.
std::string replayWords(const std::string& file, const std::string& tape,
                        const std::map<std::string, std::string>& variables = {});

}  // namespace rw
