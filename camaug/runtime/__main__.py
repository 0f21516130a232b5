from camaug.runtime.cli import main

main()
