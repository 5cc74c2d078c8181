# Read by cpack before it packs.
find_program(shlibdeps dpkg-shlibdeps)
find_program(file_type file)
if(NOT shlibdeps OR NOT file_type)
  # It would make a package that asks for no library.
  message(FATAL_ERROR "The libraries that the package depends on are found by dpkg-shlibdeps and file: install the Debian "
    "packages dpkg-dev and file.")
endif()
# Whoever packs the same gets the same.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} @release_seconds@)
endif()
